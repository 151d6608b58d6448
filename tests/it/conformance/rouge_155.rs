//! Every value of ROUGE-1.5.5: five decimals, raw counts, leave-one-out means.
//!
//! Runs with `WordNet`'s exceptions or the 598 stop words want these files, which have no
//! place here: `EPITOME_WORDNET` names a folder with the four `.exc` files of `WordNet`
//! 3.0 or 2.0 (Debian: `wordnet-base`), `EPITOME_ROUGE_STOP_WORDS` the list (`PyPI`
//! `sumeval` has it).

use std::{collections::BTreeMap, env};

use epitome::{
    metric::{Matches, Metric, MetricSet, Score, Statistics, Task},
    registry::Registry,
};
use serde_json::Value;

use super::{is_conformance_run, shared};

/// The `WordNet` exceptions and the stop words, where they are.
struct Lists {
    exceptions: Option<String>,
    stop_words: Option<String>,
}

impl Lists {
    fn find() -> Self {
        let strict = is_conformance_run();
        let list = |name: &str| {
            let path = env::var(name).ok();
            assert!(path.is_some() || !strict, "`{name}` is not set");
            if path.is_none() {
                println!("skipped: what needs `{name}`");
            }
            path
        };
        Self {
            exceptions: list("EPITOME_WORDNET"),
            stop_words: list("EPITOME_ROUGE_STOP_WORDS"),
        }
    }
}

/// The parameters that stand for a command line; none where a list is missing.
fn parameters(argv: &[&str], exceptions: bool, lists: &Lists) -> Option<String> {
    let mut parameters = vec!["profile=rouge-1.5.5".to_owned()];
    let mut options = argv.iter().peekable();
    while let Some(&option) = options.next() {
        let mut value = || options.next().copied().unwrap_or_default();
        match option {
            "-m" => {
                parameters.push("stemmer=true".to_owned());
                if exceptions {
                    let folder = lists.exceptions.as_ref()?;
                    parameters.push(format!("exceptions={folder}"));
                }
            }
            "-s" => {
                parameters.push(format!("stop-words={}", lists.stop_words.as_ref()?));
            }
            "-l" => parameters.push(format!("limit-words={}", value())),
            "-b" => parameters.push(format!("limit-bytes={}", value())),
            "-p" => parameters.push(format!("alpha={}", value())),
            "-f" if value() == "B" => parameters.push("multi=best".to_owned()),
            _ => {}
        }
    }
    Some(parameters.join(", "))
}

/// Metrics by spec: word lists are read once for each.
type Built = BTreeMap<String, Box<dyn Metric>>;

/// The spec of the metric that the script calls `name`.
fn spec(name: &str, parameters: &str) -> String {
    let kind = name.strip_prefix("ROUGE-").unwrap();
    let skip = |skip: &str| skip.replace('*', "any");
    if let Some(weight) = kind.strip_prefix("W-") {
        format!("rouge-w({parameters}, weight={weight})")
    } else if let Some(wide) = kind.strip_prefix("SU") {
        format!("rouge-su({parameters}, skip={})", skip(wide))
    } else if let Some(wide) = kind.strip_prefix('S') {
        format!("rouge-s({parameters}, skip={})", skip(wide))
    } else {
        format!("rouge-{}({parameters})", kind.to_lowercase())
    }
}

fn metric(built: &mut Built, spec: String) -> &dyn Metric {
    &**built.entry(spec).or_insert_with_key(|spec| {
        Registry::standard()
            .metric(&spec.parse().unwrap())
            .unwrap()
            .value
    })
}

fn measure(
    metric: &dyn Metric,
    candidate: &str,
    references: &[&String],
) -> (Statistics, Score) {
    let mut metric_set = MetricSet::new(Task::Summaries, [metric]);
    let references = references.iter().map(|&text| std::slice::from_ref(text));
    let references = metric_set.references(references);
    let candidate = metric_set.candidate([candidate]);
    let statistics = metric_set
        .prepare(&references)
        .measure(&candidate)
        .remove(0);
    let score = metric.score(&statistics);
    (statistics, score)
}

fn texts(list: &Value) -> Vec<String> {
    let text = |text: &Value| text.as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(text).collect()
}

fn rows() -> Option<Vec<Value>> {
    let golden = shared("golden/rouge/rouge_1.5.5.jsonl")?;
    Some(
        golden
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

fn argv(run: &Value) -> Vec<&str> {
    run["argv"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect()
}

/// Values as the script prints them.
fn printed(score: Score) -> [String; 3] {
    [score.recall.unwrap(), score.precision.unwrap(), score.value]
        .map(|share| format!("{share:.5}"))
}

/// Perl prints numbers with 15 significant digits.
fn perl(number: f64) -> String {
    format!("{number:.14e}")
}

#[derive(Default)]
struct Tally {
    built: Built,
    compared: usize,
    wrong: Vec<String>,
    skipped: usize,
}

impl Tally {
    fn check(&mut self, place: &str, found: &[String], wanted: &[String]) {
        self.compared += wanted.len();
        if found != wanted {
            self.wrong
                .push(format!("{place}: {found:?}, expected {wanted:?}"));
        }
    }

    fn check_run(&mut self, row: &Value, name: &str, run: &Value, lists: &Lists) {
        let exceptions = run["wordnet_exceptions"].as_bool().unwrap();
        let argv = argv(run);
        let Some(parameters) = parameters(&argv, exceptions, lists) else {
            self.skipped += 1;
            return;
        };
        let texts = texts(&row["references"]);
        let candidate = row["candidate"].as_str().unwrap();
        let all: Vec<&String> = texts.iter().collect();
        if let Some(scores) = run.get("scores") {
            self.check_scores(
                &format!("{} {name}", row["id"]),
                scores,
                |built, metric_name| {
                    let metric = metric(built, spec(metric_name, &parameters));
                    let (counts, score) = measure(metric, candidate, &all);
                    if argv.contains(&"-t") {
                        {
                            let Matches {
                                shared,
                                candidate,
                                reference,
                            } = counts.matches();
                            [reference, candidate, shared].map(perl)
                        }
                    } else {
                        printed(score)
                    }
                },
            );
        }
        for set in run["jackknife"].as_array().into_iter().flatten() {
            let left_out = set["left_out"].as_u64().unwrap() as usize;
            let mut rest = all.clone();
            rest.remove(left_out);
            let place = format!("{} {name} without {left_out}", row["id"]);
            self.check_scores(&place, &set["scores"], |built, metric_name| {
                let metric = metric(built, spec(metric_name, &parameters));
                printed(measure(metric, candidate, &rest).1)
            });
        }
        for (metric_name, mean) in run["mean_RPF"].as_object().into_iter().flatten() {
            let jackknife = format!("{parameters}, jackknife=true");
            let metric = metric(&mut self.built, spec(metric_name, &jackknife));
            let score = measure(metric, candidate, &all).1;
            let found = [score.recall.unwrap(), score.precision.unwrap(), score.value];
            let mean = mean.as_array().unwrap().iter();
            let wanted: Vec<String> = mean
                .map(|value| value.as_f64().unwrap().to_string())
                .collect();
            let place = format!("{} {name} {metric_name} mean", row["id"]);
            self.check(&place, &found.map(|share| share.to_string()), &wanted);
        }
    }

    fn check_scores(
        &mut self,
        place: &str,
        scores: &Value,
        mut found: impl FnMut(&mut Built, &str) -> [String; 3],
    ) {
        for (metric, values) in scores.as_object().unwrap() {
            if metric == "_error" {
                continue; // the script died at ROUGE-W; what it printed before is there
            }
            let counts = place.contains("COUNTS");
            let value = |value: &Value| {
                let text = value.as_str().unwrap();
                if counts {
                    perl(text.parse().unwrap())
                } else {
                    text.to_owned()
                }
            };
            let wanted: Vec<String> =
                values.as_array().unwrap().iter().map(value).collect();
            let found = found(&mut self.built, metric);
            self.check(&format!("{place} {metric}"), &found, &wanted);
        }
    }
}

#[test]
fn every_value_is_that_of_the_script() {
    let Some(rows) = rows() else { return };
    let lists = Lists::find();
    let mut tally = Tally::default();
    for row in &rows {
        for (name, run) in row["runs"].as_object().unwrap() {
            tally.check_run(row, name, run, &lists);
        }
    }
    println!(
        "{} values compared, {} runs skipped",
        tally.compared, tally.skipped
    );
    assert!(
        tally.wrong.is_empty(),
        "{} of {}: {:#?}",
        tally.wrong.len(),
        tally.compared,
        &tally.wrong[..tally.wrong.len().min(20)]
    );
    if tally.skipped == 0 {
        assert_eq!(
            tally.compared, 89_115,
            "scores, counts and means in the golden file"
        );
    }
}
