//! The recipe of a run: a line for everything that decides its rows. The digest of these
//! lines names the folder of a run.

use epitome_metrics::ExternalMetric;

use crate::run::{
    planning::plan::Plan,
    setup::{allowance::Allowance, system::System, work::Work},
};

use super::{manifest::RunManifest, program::own_build};

impl Plan {
    /// Returns `<corpus>-<digest of the plan>`, the name of the run's folder. The same
    /// plan on the same data has the same name, whichever build of which program carries
    /// it out.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.corpora.iter().map(|it| it.corpus.name()).collect();
        let mut recipe = self.recipe();
        recipe.retain(|line| !is_of_program(line));
        let digest = blake3::hash(recipe.join("\n").as_bytes()).to_hex();
        // `@` separates the budget of a corpus from its name, and is not allowed in a folder name
        let names = names.join("+").replace('@', "-");
        format!("{names}-{}", &digest.as_str()[..10])
    }

    /// Returns everything that decides the rows: the version, systems, metrics, budgets
    /// and seeds, the contents of the corpora, and the programs (this one's source and
    /// the files of plugins).
    pub fn recipe(&self) -> Vec<String> {
        let mut recipe = vec![format!("epitome {}", env!("CARGO_PKG_VERSION"))];
        recipe.extend(self.corpora.iter().map(|planned| {
            format!(
                "corpus {} {}",
                planned.corpus.name(),
                planned.digest.to_hex()
            )
        }));
        for planned in &self.corpora {
            let (name, length) = (planned.corpus.name(), planned.length);
            if length.budget != self.work.length.budget {
                recipe.push(format!("budget {name} {}", length.budget));
            }
            if length.limit != self.work.length.limit {
                recipe.push(format!("limit {name} {}", length.limit));
            }
        }
        recipe.extend(self.work.recipe());
        recipe
    }
}

impl Work {
    /// Returns the lines of [`Plan::recipe`] that are not about the corpora. Parts of a
    /// corpus that are worked on in the same way as the whole have the same lines.
    pub fn recipe(&self) -> Vec<String> {
        let mut recipe = Vec::new();
        recipe.extend(self.systems.iter().map(|system| {
            let origin = system
                .origin()
                .map(|it| format!(" {} {}", it.version, it.command));
            let budget = Allowance::of(system.task(), self.length);
            let origin = origin.unwrap_or_default();
            format!("system {} {budget}{origin}", system.name)
        }));

        recipe.extend(
            self.metrics
                .iter()
                .map(|metric| format!("metric {}", metric.value.signature())),
        );

        recipe.extend(
            self.embedders
                .iter()
                .map(|it| format!("embedder {} {}", it.name, it.embedder.signature())),
        );

        recipe.push(own_program());
        for system in &self.systems {
            if let Some(origin) = system.origin().filter(|it| !it.program.is_empty()) {
                recipe.push(format!("program {} {}", system.name, origin.program));
            }
        }

        for metric in &self.metrics {
            let origin = metric.value.external().map(ExternalMetric::origin);
            if let Some(origin) = origin.filter(|it| !it.program.is_empty()) {
                recipe.push(format!("program {} {}", metric.name, origin.program));
            }
        }

        if let Some(background) = &self.background {
            recipe.push(format!("background {}", background.corpus.blake3));
        }

        recipe.push(format!(
            "language {:?} segmenter {:?} lines {:?} seed {}",
            self.reading.language,
            self.reading.segmenter,
            self.reading.line_ends,
            self.seed
        ));
        recipe
    }
}

/// Returns the line of a recipe that names the build of this program.
pub(super) fn own_program() -> String {
    format!("program epitome {}", own_build())
}

impl System {
    /// Returns an identifier of the programs that contain the system: digests of the source of
    /// this one, and of a plugin's own.
    pub fn build(&self) -> String {
        build(self.origin().map(|origin| origin.program).as_deref())
    }
}

impl RunManifest {
    /// Returns the [build](System::build) of a system of the run; `None` if the plan does
    /// not say it.
    pub fn build_of(&self, system: &str) -> Option<String> {
        let lines = self.plan.iter();
        let mut programs = lines.filter_map(|line| line.strip_prefix("program "));
        // a system may be called `epitome` too; the line of this program is the first
        let own = programs.find_map(|line| line.strip_prefix("epitome "))?;
        let prefix = format!("{system} ");
        Some(
            match programs.find_map(|line| line.strip_prefix(prefix.as_str())) {
                Some(plugin) => format!("{own} {plugin}"),
                None => own.to_owned(),
            },
        )
    }
}

fn build(plugin: Option<&str>) -> String {
    match plugin.filter(|program| !program.is_empty()) {
        Some(plugin) => format!("{} {plugin}", own_build()),
        None => own_build().to_owned(),
    }
}

/// Returns whether a line of a recipe names a program that carries it out.
pub(super) fn is_of_program(line: &str) -> bool {
    line.starts_with("program ")
}
