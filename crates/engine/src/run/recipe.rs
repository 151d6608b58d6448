//! The recipe of a run: a line for everything that decides its rows.

use super::{plan::Plan, work::Work};

impl Plan {
    /// `<corpus>-<digest of the plan>`: the same plan on the same data has the same name,
    /// whatever build of whatever program carries it out.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.corpora.iter().map(|it| it.corpus.name()).collect();
        let mut recipe = self.recipe();
        recipe.retain(|line| !is_of_program(line));
        let digest = blake3::hash(recipe.join("\n").as_bytes()).to_hex();
        format!("{}-{}", names.join("+"), &digest.as_str()[..10])
    }

    /// Everything that decides the rows: version, systems, metrics, budgets, seeds, the
    /// contents of the corpora, and the programs: this one's source and those of plugins.
    pub fn recipe(&self) -> Vec<String> {
        let mut recipe = vec![format!("epitome {}", env!("CARGO_PKG_VERSION"))];
        recipe.extend(self.corpora.iter().map(|planned| {
            format!(
                "corpus {} {}",
                planned.corpus.name(),
                planned.digest.to_hex()
            )
        }));
        recipe.extend(self.work.recipe());
        recipe
    }
}

impl Work {
    /// Returns the lines of [`Plan::recipe`] that are not about the corpora. Parts of a
    /// corpus that are worked on as the whole would be have the same lines.
    pub fn recipe(&self) -> Vec<String> {
        let mut recipe = Vec::new();
        recipe.extend(self.systems.iter().map(|system| {
            let origin = system
                .origin()
                .map(|it| format!(" {} {}", it.version, it.command));
            let (budget, origin) = (self.budget_of(system), origin.unwrap_or_default());
            format!("system {} {budget}{origin}", system.name)
        }));
        recipe.extend(
            self.metrics
                .iter()
                .map(|metric| format!("metric {}", metric.value.signature())),
        );
        recipe.push(own_program());
        for system in &self.systems {
            if let Some(origin) = system.origin().filter(|it| !it.program.is_empty()) {
                recipe.push(format!("program {} {}", system.name, origin.program));
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

/// The line of a recipe that says which build of this program carries it out.
pub(super) fn own_program() -> String {
    format!("program epitome {BUILD}")
}

/// Digest of the source that this program was built from.
const BUILD: &str = env!("EPITOME_BUILD");

/// Whether a line of a recipe says which program carries it out.
pub(super) fn is_of_program(line: &str) -> bool {
    line.starts_with("program ")
}
