//! What plugins write, and files of outputs and scores that were made elsewhere.

use std::sync::OnceLock;

use epitome::{
    metric::Scale,
    plugin::{
        Answer, AskedDocument, Declaration, Length, PluginOptions, PluginTask,
        ScoresFile,
        fuzzing::{read_measures, read_reply},
        verify_kept_scores,
    },
    rank::Budget,
    text::{Analyser, Document, Language, LineEnds, Segmenter, Source},
};

use crate::{choose, file, says_something, scratch};

/// The most that a plugin is asked for.
const LENGTH: Length = Length {
    budget: Budget::Sentences(2),
    limit: 3,
};

/// Reads a line of a system: an answer that is taken is within the budget.
pub fn replies(data: &[u8]) {
    let tasks = [PluginTask::Summarise, PluginTask::Keywords];
    let Some((task, line)) = choose(&tasks, data) else {
        return;
    };
    let document = document();
    let asked = AskedDocument::from(document);
    match read_reply(line, *task, asked, LENGTH) {
        Ok(Answer::Picks(selection)) => {
            assert_eq!(selection.broken_rule(document, LENGTH.budget), None);
        }
        Ok(Answer::Phrases(phrases)) => assert!(phrases.len() <= LENGTH.limit),
        Ok(Answer::Text(text)) => panic!("{text:?} is no answer of a process"),
        Err(problem) => says_something(&problem),
    }
}

/// Reads a line of a metric with measures of two candidates: a number that is taken is
/// within the scale.
pub fn measures(data: &[u8]) {
    match read_measures(data, Scale::SHARE, &["one", "two"]) {
        Ok(scores) => {
            assert_eq!(scores.len(), 2);
            for measure in scores.into_iter().flatten() {
                let score = measure.score;
                assert!((0.0..=1.0).contains(&score.value), "{score:?}");
                for part in [score.precision, score.recall].into_iter().flatten() {
                    assert!(part.is_finite(), "{score:?}");
                }
            }
        }
        Err(problem) => says_something(&problem),
    }
}

/// Reads a file of outputs, one of scores, or scores that were kept; the first byte chooses.
pub fn files_of_others(data: &[u8]) {
    let kinds: [fn(&[u8]); 3] = [outputs, scores, kept_scores];
    if let Some((kind, content)) = choose(&kinds, data) {
        kind(content);
    }
}

fn outputs(content: &[u8]) {
    let path = file("outputs.jsonl", content);
    let declaration = Declaration::parse_outputs(&format!("gpt={}", path.display()));
    let declaration = declaration.expect("a name and a file");
    let spec = "gpt".parse().expect("a name");
    let plugins = match declaration.open(&spec, &PluginOptions::default()) {
        Ok(plugins) => plugins,
        Err(error) => return says_something(&error),
    };
    let document = document();
    for plugin in plugins {
        let answered = plugin.work(&[AskedDocument::from(document)], LENGTH);
        assert_eq!(answered.len(), 1);
        if let Ok(Answer::Picks(selection)) = &answered[0].result {
            assert_eq!(selection.broken_rule(document, LENGTH.budget), None);
        }
    }
}

fn scores(content: &[u8]) {
    match ScoresFile::read("judge", &file("scores.jsonl", content)) {
        Ok(scores) => {
            let _ = (scores.systems(), scores.task());
        }
        Err(error) => says_something(&error),
    }
}

fn kept_scores(content: &[u8]) {
    let folder = scratch().join("kept");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("0.jsonl"), content).expect("a temporary file");
    if let Err(error) = verify_kept_scores(&folder) {
        says_something(&error);
    }
}

fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        Analyser::default().analyse(Source {
            id: "d",
            title: "",
            text: "The river rose.\nThe council closed the bridge.\nShops stayed shut.\n",
            language: "en".parse::<Language>().expect("a known language"),
            segmenter: Segmenter::Lines,
            line_ends: LineEnds::Auto,
        })
    })
}
