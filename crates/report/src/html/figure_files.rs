//! The figures of a run as separate SVG files.

use epitome_base::spec::Spec;
use epitome_engine::run::NotInRun;
use epitome_metrics::Better;

use crate::{
    averages::{blocks_name, corpora_of},
    board::{Board, boards},
    results::Results,
    same_documents::SameDocuments,
};

use super::{
    figures::{Figure, Sources},
    gathered::Gathered,
};

/// A figure as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureFile {
    /// The name of the file, which ends with `.svg`.
    pub name: String,
    /// The drawing, with a title, a description, and colours for light and dark.
    pub svg: String,
}

/// Returns the figures of a run for each corpus, task and metric: means with intervals,
/// quality against speed where systems were timed, the matrix of wins, and critical
/// differences. Those without numbers are left out.
///
/// # Errors
/// Returns an error if a table is of what the manifest does not name.
pub fn figure_files(results: &Results) -> Result<Vec<FigureFile>, NotInRun> {
    let mut files = Vec::new();
    let layout = results.layout();

    for metric in &results.manifest.metrics {
        let metrics = std::slice::from_ref(metric);
        let all = boards(&results.leaderboard, &results.comparisons, metrics);
        for (at, board) in all.iter().enumerate() {
            let corpus = layout.corpus(&board.corpus)?;
            let sources = Sources {
                board,
                gathered: &Gathered::default(),
                systems: &[],
                metric: 0,
                budget: &layout.budget(corpus, board.task),
                timings: &results.timings,
                standings: &results.standings,
                comparisons: &results.comparisons,
                scaling: &[],
            };
            let mut figures = vec![("means", sources.means()), ("wins", sources.wins())];
            if metric.better != Better::Neither {
                figures.push(("speed", sources.speed()));
                figures.push(("ranks", sources.ranked_documents()));
            }
            let name = |kind: &str, of: &str| file_name(of, board, &metric.name, kind);
            for (kind, figure) in &figures {
                files.extend(file(&name(kind, &board.corpus), &board.caption(), figure));
            }
            if at + 1 == all.len()
                && let Some(figure) = sources.ranked_corpora()
            {
                let title = over(results, &metric.name);
                files.extend(file(&name("ranks", "corpora"), &title, &figure));
            }
        }
    }

    Ok(told_apart(files))
}

/// Returns what the corpora of a ranking are called in a title: `3 corpora`.
fn over(results: &Results, metric: &str) -> String {
    let same = SameDocuments::of(&results.manifest.corpora);
    let corpora = corpora_of(&results.standings, metric, &same);
    let mut rows = results.standings.iter().filter(|row| row.metric == metric);
    let row = rows.find(|row| row.corpus.is_none());
    row.map_or(String::new(), |row| blocks_name(row, corpora))
}

/// Returns a figure as a file; `None` if it has no drawing.
fn file(name: &str, of: &str, figure: &Figure) -> Option<FigureFile> {
    let drawing = figure.drawing.as_ref().ok()?;
    let title = format!("{}: {of}", figure.title);
    Some(FigureFile {
        name: name.to_owned(),
        svg: drawing.file(&title, &figure.caption),
    })
}

/// Returns the name of a file, such as `news-summaries-rouge-1-means.svg`. The metric is without
/// parameters; characters that are not allowed in the name of a file become hyphens.
fn file_name(of: &str, board: &Board, metric: &str, kind: &str) -> String {
    let metric = metric
        .parse::<Spec>()
        .map_or(metric.to_owned(), |it| it.name);
    let name = format!("{of}-{}-{metric}-{kind}", board.task_name());
    let sign = |sign: char| match sign {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' | '@' => sign,
        _ => '-',
    };
    name.chars().map(sign).collect::<String>() + ".svg"
}

/// Gives the second of two files of one name `-2` behind it, and so on.
fn told_apart(mut files: Vec<FigureFile>) -> Vec<FigureFile> {
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    for (at, file) in files.iter_mut().enumerate() {
        let before = names[..at]
            .iter()
            .filter(|name| **name == file.name)
            .count();
        if before > 0 {
            let stem = file.name.trim_end_matches(".svg");
            file.name = format!("{stem}-{}.svg", before + 1);
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_of_one_name_are_told_apart() {
        let file = |name: &str| FigureFile {
            name: name.to_owned(),
            svg: String::new(),
        };
        let files = told_apart(["a.svg", "b.svg", "a.svg"].map(file).to_vec());
        let names = files.iter().map(|file| file.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["a.svg", "b.svg", "a-2.svg"]);
    }
}
