//! A board as a table, with its caption and legend.

use epitome_engine::run::{HUMAN, MetricRecipe, SystemKind};
use epitome_metrics::{Signature, Task, Unit};

use super::{
    board::{Board, REFERENCES},
    grid::{Explained, Grid, GridBlock, GridCell, Part, thousands},
    line::{BoardLine, BoardScore},
    terminal::{BEST, NEAR},
    unit,
};

impl Board {
    /// Returns the board as a table: scores in their units with half of the width of their 95 %
    /// interval, the length of outputs, and, if known, the share of the oracle (by the first
    /// metric), speeds and failures. References are in a group of their own, as are the human
    /// references with the systems on the same terms.
    pub fn grid(&self) -> Grid {
        let any = |is: fn(&BoardLine) -> bool| self.lines.iter().any(is);
        let metrics = self.metrics.len();

        let mut header = vec!["system".to_owned()];
        header.extend(
            self.metrics
                .iter()
                .map(|metric| unit::titled(&metric.name, metric.unit)),
        );
        let extra = [
            (
                any(|line| line.scores[0].share_of_oracle.is_some()),
                OF_ORACLE,
            ),
            (any(|line| line.words.is_some()), LENGTH),
            (any(|line| line.docs_per_s.is_some()), SPEED),
            (any(|line| line.total_docs_per_s.is_some()), TOTAL_SPEED),
            (any(|line| line.failed > 0), FAILED),
        ];
        let shown: Vec<Extra> = extra
            .iter()
            .filter(|(is_shown, _)| *is_shown)
            .map(|(_, it)| *it)
            .collect();
        header.extend(shown.iter().map(|extra| extra.title.to_owned()));

        let row = |line: &BoardLine| {
            let mut cells = vec![GridCell::text(line.marked_name())];
            let scores = line.scores.iter().zip(&self.metrics);
            cells.extend(scores.map(|(scored, metric)| score(scored, metric.unit)));
            cells.extend(
                shown
                    .iter()
                    .map(|extra| GridCell::text((extra.text)(line).unwrap_or_default())),
            );
            cells
        };

        let systems = self
            .lines
            .iter()
            .take_while(|line| line.kind == SystemKind::System)
            .count();
        let blocks = [
            (REFERENCES.to_owned(), systems, self.lines.len()),
            (
                self.people_title(),
                self.lines.len(),
                self.lines.len() + self.beside_people.len(),
            ),
        ];
        let blocks = blocks.into_iter().filter(|(_, from, to)| from < to);

        let explained = shown.iter().enumerate();
        let explained: Vec<(Part, &'static str)> = explained
            .map(|(at, extra)| (Part::Column(1 + metrics + at), (extra.about)(self.task)))
            .collect();
        Grid {
            label: format!("{}-{}", self.corpus, self.task_name()),
            caption: self.caption(),
            legend: self.legend(&explained),
            header,
            words: 1,
            blocks: blocks
                .map(|(title, from, _)| GridBlock { title, from })
                .collect(),
            rows: self
                .lines
                .iter()
                .chain(&self.beside_people)
                .map(row)
                .collect(),
            notes: self.verdict.iter().chain(&self.notes).cloned().collect(),
            dispensable: self.dispensable(&shown),
            groups: Vec::new(),
        }
    }

    /// Returns the parts that a narrow table leaves out, in this order: letters, lengths, shares of
    /// the oracle, speeds, then metrics from the last to the second. Failures are always shown.
    fn dispensable(&self, shown: &[Extra]) -> Vec<Part> {
        let metrics = self.metrics.len();
        let order = [LENGTH, OF_ORACLE, SPEED, TOTAL_SPEED];
        let columns = order.iter().filter_map(|wanted| {
            let at = shown.iter().position(|extra| extra.title == wanted.title)?;
            Some(Part::Column(1 + metrics + at))
        });
        let metrics = (2..=metrics).rev().map(Part::Column);
        [Part::Letters]
            .into_iter()
            .chain(columns)
            .chain(metrics)
            .collect()
    }

    /// Returns the caption: corpus, budget, and number of documents in the means.
    pub fn caption(&self) -> String {
        let parts = [self.corpus.clone(), self.budget.clone(), self.counts()];
        let known = parts.into_iter().filter(|part| !part.is_empty());
        known.collect::<Vec<_>>().join(", ")
    }

    /// Returns the number of documents in the means, `n = 41`; if it differs between metrics, each
    /// number with its metrics: `n = 41 (rouge-1) or 40 (rouge-2)`.
    pub(super) fn counts(&self) -> String {
        let counts: Vec<u64> = (0..self.metrics.len())
            .map(|at| {
                let counts = self.lines.iter().map(|line| line.scores[at].n);
                counts.max().unwrap_or(0)
            })
            .collect();

        let mut different = counts.clone();
        different.sort_unstable_by(|a, b| b.cmp(a));
        different.dedup();
        if let [n] = different[..] {
            return format!("n = {n}");
        }

        let texts = different.iter().map(|n| {
            let metrics = self.metrics.iter().zip(&counts);
            let names: Vec<&str> = metrics
                .filter(|(_, count)| *count == n)
                .map(|(metric, _)| metric.name.as_str())
                .collect();
            format!("{n} ({})", names.join(", "))
        });
        let texts: Vec<String> = texts.collect();
        format!("n = {}", texts.join(" or "))
    }

    /// Returns the legend: units and stemmers of the metrics, the marks that occur, and `columns`.
    pub(super) fn legend(&self, columns: &[(Part, &'static str)]) -> Vec<Explained> {
        let scored = || self.lines.iter().flat_map(|line| &line.scores);
        let mut legend = vec![Explained::new(Part::Table, self.variants())];
        let mut add = |is_there: bool, part: Part, text: String| {
            if is_there {
                legend.push(Explained::new(part, text));
            }
        };

        add(
            scored().any(|scored| scored.ci_low.is_some()),
            Part::Table,
            "± is half the width of the 95 % interval of the mean".to_owned(),
        );
        add(
            scored().any(|scored| scored.best),
            Part::Table,
            format!("{BEST} is the best system"),
        );
        add(
            scored().any(|scored| scored.near),
            Part::Table,
            format!("{NEAR} is not shown to differ from it"),
        );
        add(
            scored().any(|scored| scored.letters.is_some()),
            Part::Letters,
            "systems that share no letter differ (paired randomisation, Holm, 5 %)"
                .to_owned(),
        );
        add(self.has_people(), Part::Table, HUMAN_ABOUT.to_owned());
        let explained = columns
            .iter()
            .map(|(part, text)| Explained::new(*part, *text));
        legend.extend(explained);
        legend
    }

    /// Returns whether the human references are beside systems that are compared with all
    /// references.
    pub(super) fn has_people(&self) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| line.kind == SystemKind::Reference && line.system == HUMAN.name)
    }

    /// Returns the unit of each metric, and whether words are stemmed, as text.
    pub fn variants(&self) -> String {
        let of = self
            .metrics
            .iter()
            .map(|metric| (variant(metric), &metric.name));
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for (variant, name) in of {
            match groups.iter_mut().find(|(known, _)| *known == variant) {
                Some((_, names)) => names.push(name),
                None => groups.push((variant, vec![name])),
            }
        }
        let texts = groups.iter().map(|(variant, names)| match names[..] {
            [name] if name == variant => name.to_owned(),
            _ => format!("{} in {variant}", names.join(", ")),
        });
        texts.collect::<Vec<_>>().join("; ")
    }
}

/// Returns the text of a score if every output failed.
pub(super) fn failed_throughout(failed: u64) -> String {
    match failed {
        1 => "the only one failed".to_owned(),
        _ => format!("all {failed} failed"),
    }
}

/// Returns the unit of a metric and its stemmer, if it has one: `%, not stemmed`.
fn variant(metric: &MetricRecipe) -> String {
    let unit = unit::symbol(metric.unit);
    let signature = metric.signature.parse::<Signature>().ok();
    let stemmer = signature
        .as_ref()
        .and_then(|signature| signature.field("stem"));
    match stemmer {
        None => unit.to_owned(),
        Some("none") => format!("{unit}, not stemmed"),
        Some(stemmer) => format!("{unit}, stemmed ({stemmer})"),
    }
}

/// Returns the cell of a score: its mean with half the width of the interval, letters and
/// marks; `all 50 failed` if every output failed.
pub(super) fn score(scored: &BoardScore, unit: Unit) -> GridCell {
    if let Some(failed) = scored.all_failed {
        return GridCell::text(failed_throughout(failed));
    }
    let interval = scored.ci_low.zip(scored.ci_high);
    let text = scored
        .mean
        .map(|mean| unit::with_half(unit, mean, interval));
    let letters = scored.letters.clone().unwrap_or_default();
    let (best, near) = (scored.best, scored.near);
    GridCell {
        text: text.unwrap_or_else(|| "–".to_owned()),
        best,
        near,
        letters,
    }
}

/// A column of a board that is not of a metric.
#[derive(Debug, Clone, Copy)]
struct Extra {
    title: &'static str,
    about: fn(Task) -> &'static str,
    text: fn(&BoardLine) -> Option<String>,
}

const OF_ORACLE: Extra = Extra {
    title: "of oracle",
    about: |_| "of oracle: (score − lead) / (oracle − lead) by the first metric",
    text: |line| {
        let share = line.scores[0].share_of_oracle?;
        Some(format!("{:.1} %", 100.0 * share).replace('-', "−"))
    },
};

const LENGTH: Extra = Extra {
    title: "length",
    about: length_about,
    text: |line| line.words.map(|words| format!("{words:.1}")),
};

/// Returns what the length of outputs is.
pub(super) fn length_about(task: Task) -> &'static str {
    match task {
        Task::Summaries => "length: mean words of an output",
        Task::Keyphrases => {
            "length: mean words of all phrases of an output (a metric at 5 scores the first 5 only)"
        }
    }
}

/// What makes the row of human references different from those of systems.
pub(super) const HUMAN_ABOUT: &str = "human: each reference against the others, so compared with one reference fewer than systems";

const SPEED: Extra = Extra {
    title: "docs/s alone",
    about: |_| "docs/s alone: documents per second on one core, without the analysis of the texts",
    text: |line| line.docs_per_s.map(thousands),
};

const TOTAL_SPEED: Extra = Extra {
    title: "docs/s",
    about: |_| "docs/s: with the analysis of the texts",
    text: |line| line.total_docs_per_s.map(thousands),
};

const FAILED: Extra = Extra {
    title: "failed",
    about: |_| "failed: documents that the system failed on",
    text: |line| Some(line.failed.to_string()),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::{example, metric};
    use epitome_metrics::Task;

    #[test]
    fn the_caption_counts_documents_by_metric() {
        let mut board = example().remove(0);
        assert_eq!(board.caption(), "two, 3 sentences, n = 2");
        for line in &mut board.lines {
            line.scores[1].n = 1;
        }
        assert_eq!(
            board.caption(),
            "two, 3 sentences, n = 2 (rouge-1) or 1 (rouge-2)"
        );
    }

    #[test]
    fn a_score_of_failures_alone_is_their_number() {
        let scored = BoardScore {
            mean: Some(0.0),
            all_failed: Some(50),
            ..BoardScore::default()
        };
        assert_eq!(score(&scored, Unit::Share), GridCell::text("all 50 failed"));
        assert_eq!(failed_throughout(1), "the only one failed");
    }

    #[test]
    fn the_legend_says_what_is_not_compared_with_systems() {
        let [mut summaries, keyphrases] = <[Board; 2]>::try_from(example()).unwrap();
        let text = |board: &Board| board.grid().legend_text();
        assert!(!text(&summaries).contains("one reference fewer"));
        summaries.lines.push(BoardLine {
            system: "human".to_owned(),
            kind: SystemKind::Reference,
            ..summaries.lines[0].clone()
        });
        assert!(text(&summaries).contains(HUMAN_ABOUT));
        assert!(text(&summaries).contains("length: mean words of an output"));
        assert!(text(&keyphrases).contains("length: mean words of all phrases"));
    }

    #[test]
    fn the_variants_name_units_and_stemmers() {
        let mut board = example().remove(0);
        board.metrics[0].signature = "rouge-1|stem:none|v:1".to_owned();
        board.metrics[1].signature = "rouge-2|stem:porter|v:1".to_owned();
        board.metrics.push(MetricRecipe {
            unit: Unit::Words,
            ..metric("words", Task::Summaries)
        });
        assert_eq!(
            board.variants(),
            "rouge-1 in %, not stemmed; rouge-2 in %, stemmed (porter); words"
        );
    }
}
