//! The experiment of a run, as its folder holds it: `experiment.toml`.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Component, Path, PathBuf},
    time::Duration,
};

use crate::{
    rank::Budget,
    run::{Plan, RequestedCorpus, Work, write_at_once},
};

use super::{content::Experiment, place::ExperimentError};

/// The name of the file in the folder of a run.
const FILE: &str = "experiment.toml";

impl Experiment {
    /// Names the corpora that have no name after those that were opened for them.
    pub fn name_corpora(&mut self, opened: &[RequestedCorpus]) {
        for (placed, opened) in self.corpora.iter_mut().zip(opened) {
            let name = || opened.corpus.name().to_owned();
            placed.value.name.get_or_insert_with(name);
        }
    }

    /// Writes the experiment into the folder of its run: sweeps as their systems, defaults
    /// as values, paths from there. Run from the same folder as before, the file goes on
    /// with the run.
    ///
    /// # Errors
    /// Returns an error if the file cannot be written.
    pub fn write(&self, plan: &Plan, folder: &Path) -> Result<(), ExperimentError> {
        let refuse = |error: io::Error| self.anywhere().error(error);
        fs::create_dir_all(folder).map_err(refuse)?;
        let text = self.text(plan, folder).map_err(refuse)?;
        write_at_once(&folder.join(FILE), text.as_bytes())
            .map_err(|error| self.anywhere().error(error))
    }

    fn text(&self, plan: &Plan, folder: &Path) -> io::Result<String> {
        let mut out = String::from(
            "# The experiment of this run as it was resolved: `epitome run` on this file continues it.\n",
        );
        let mut line = |key: &str, value: String| {
            let _ = writeln!(out, "{key} = {value}");
        };
        let to = relative(folder, &self.folder)?;
        line("folder", quoted(&to.display().to_string()));
        let name = folder.file_name().unwrap_or_default();
        line("name", quoted(&name.to_string_lossy()));
        line("seed", self.seed.unwrap_or(0).to_string());
        line(
            "resamples",
            self.resamples.unwrap_or(Self::RESAMPLES).to_string(),
        );
        line("tolerance", format!("{:?}", self.tolerance.unwrap_or(0.0)));
        line("keyphrases", self.limit.unwrap_or(Work::LIMIT).to_string());
        let budgets: Vec<Budget> = match self.budgets.as_slice() {
            [] => vec![Work::BUDGET],
            budgets => budgets.iter().map(|it| it.value).collect(),
        };
        line("budgets", list(&budgets));

        let systems = self.systems.iter().flat_map(|it| &it.value.specs);
        let systems: Vec<String> = systems.map(ToString::to_string).collect();
        if self.only.is_some() {
            let systems = &plan.work.systems;
            line("systems", list(systems.iter().map(|it| &it.name)));
        } else if !systems.is_empty() {
            line("systems", list(&systems));
        }
        if !self.metrics.is_empty() || self.only.is_some() {
            let metrics = &plan.work.metrics;
            line("metrics", list(metrics.iter().map(|it| &it.name)));
        }
        if let Some(background) = &self.background {
            line("background", quoted(&background.value));
        }
        if let Some(lang) = self.lang {
            line("lang", quoted(lang.code()));
        }
        for (key, value) in [
            ("segmenter", self.segmenter.map(|it| serde_json::json!(it))),
            ("lines", self.lines.map(|it| serde_json::json!(it))),
        ] {
            if let Some(word) = value.as_ref().and_then(serde_json::Value::as_str) {
                line(key, quoted(word));
            }
        }
        if let Some(sample) = self.sample {
            line("sample", sample.to_string());
        }
        if let Some(language) = self.language {
            line("language", quoted(language.code()));
        }
        if !self.conditions.is_empty() {
            line("where", list(&self.conditions));
        }
        if let Some(baseline) = &self.baseline {
            line("baseline", quoted(&baseline.value));
            let conditions = self.gates.iter().flat_map(|gate| &gate.value.0);
            line("gates", list(conditions.map(|it| &it.text)));
        }
        self.tables(&mut out);
        Ok(out)
    }

    /// Writes the plugins: systems, then metrics.
    fn write_plugins(&self, out: &mut String) {
        let tables = [
            ("plugins", &self.plugins),
            ("metric-plugins", &self.metric_plugins),
        ];
        for (table, plugins) in tables {
            if !plugins.is_empty() {
                let _ = writeln!(out, "\n[{table}]");
            }
            for plugin in plugins.iter().map(|it| &it.value) {
                let name = plugin.name.as_deref().unwrap_or_default();
                let (run, folder) = (quoted(&plugin.run), plugin.folder.display());
                let folder = quoted(&folder.to_string());
                let _ = writeln!(
                    out,
                    "{} = {{ run = {run}, folder = {folder} }}",
                    quoted(name)
                );
            }
        }
    }

    /// Writes what plugins may take, if that is not as usual.
    fn write_limits(&self, out: &mut String) {
        let limits = &self.limits;
        let seconds = |time: Duration| format!("{:?}", time.as_secs_f64());
        let lines = [
            ("timeout", limits.answer.map(seconds)),
            ("run-timeout", limits.run.map(seconds)),
            ("memory", limits.memory.as_deref().map(quoted)),
            ("sandbox", limits.sandbox.as_deref().map(quoted)),
            ("isolation", limits.isolation.map(|it| quoted(it.name()))),
        ];
        let mut known = lines
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)))
            .peekable();
        if known.peek().is_some() {
            out.push_str("\n[plugin-limits]\n");
        }
        for (key, value) in known {
            let _ = writeln!(out, "{key} = {value}");
        }
    }

    /// Writes the tables, which come after all other keys.
    fn tables(&self, out: &mut String) {
        if !self.corpora.is_empty() {
            out.push_str("\n[corpora]\n");
        }

        for corpus in self.corpora.iter().map(|it| &it.value) {
            let name = corpus.name.as_deref().unwrap_or_default();
            let mut value = format!("{{ path = {}", quoted(&corpus.path));
            if !corpus.columns.is_empty() {
                let columns = corpus.columns.iter();
                let columns = columns.map(|(role, column)| format!("{role}={column}"));
                let columns = columns.collect::<Vec<_>>().join(",");
                let _ = write!(value, ", columns = {}", quoted(&columns));
            }
            if !corpus.budgets.is_empty() {
                let _ = write!(value, ", budgets = {}", list(&corpus.budgets));
            }
            if let Some(limit) = corpus.limit {
                let _ = write!(value, ", keyphrases = {limit}");
            }
            let _ = writeln!(out, "{} = {value} }}", quoted(name));
        }

        self.write_plugins(out);
        self.write_limits(out);

        for (table, files) in [("outputs", &self.outputs), ("scores", &self.scores)] {
            if !files.is_empty() {
                let _ = writeln!(out, "\n[{table}]");
            }
            for (name, path) in files.iter().map(|it| &it.value) {
                let path = quoted(&path.display().to_string());
                let _ = writeln!(out, "{} = {path}", quoted(name));
            }
        }

        if !self.embedders.is_empty() {
            out.push_str("\n[embedders]\n");
        }
        for embedder in self.embedders.iter().map(|it| &it.value) {
            let source = quoted(&embedder.source.to_string());
            let _ = writeln!(out, "{} = {source}", quoted(&embedder.name));
        }

        for expected in self.expected.iter().map(|it| &it.value) {
            let (system, corpus) = (quoted(&expected.system), quoted(&expected.corpus));
            let _ = writeln!(
                out,
                "\n[[expect]]\nsystem = {system}\ncorpus = {corpus}\nmetric = {}\nvalue = {:?}\ntolerance = {:?}",
                quoted(&expected.metric),
                expected.value,
                expected.tolerance
            );
        }
    }
}

/// Returns a text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Returns texts as a list of TOML.
fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    let items = items.into_iter().map(|it| quoted(&it.to_string()));
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// Returns the path that leads from one folder to another.
fn relative(from: &Path, to: &Path) -> io::Result<PathBuf> {
    let to = match to.as_os_str().is_empty() {
        true => Path::new("."),
        false => to,
    };
    let (from, to) = (components(from)?, components(to)?);
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[shared..].iter().map(|_| "..".into());
    Ok(up.chain(to[shared..].iter().cloned()).collect())
}

/// Returns the parts of the absolute path of a folder, without `.` and `..`.
fn components(path: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    let mut parts = Vec::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            other => parts.push(other.as_os_str().to_owned()),
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_from_one_folder_to_another() {
        let led = |from: &str, to: &str| {
            let path = relative(Path::new(from), Path::new(to)).unwrap();
            path.display().to_string()
        };
        assert_eq!(led("results/r", ""), "../..");
        assert_eq!(led("results/r", "suites/x"), "../../suites/x");
        assert_eq!(led("/a/b/c", "/a/d/../e"), "../../e");
    }
}
