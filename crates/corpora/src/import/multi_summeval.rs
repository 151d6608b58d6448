//! Reads Multi-SummEval (Koto et al. 2021): each language is a folder with `gold/ID`,
//! `pred_SYSTEM/ID` and `score.csv` (`id,model,focus,coverage`).

use serde_json::Map;

use super::{
    error::ImportError,
    format::ImportFormat,
    intake::{Intake, folder_of, name_of},
    tree::Tree,
};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "multi-summeval",
    about: "LANGUAGE/score.csv with gold/ID and pred_SYSTEM/ID",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.paths().any(|path| {
        name_of(path) == "score.csv"
            && tree
                .beginning(path, 64)
                .starts_with("id,model,focus,coverage")
    })
}

/// Imports one judged summary for each row. In some languages the names of files are
/// padded with zeros.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending("score.csv") {
        let folder = folder_of(&path).to_owned();
        let language = name_of(&folder).to_lowercase();
        let text = intake.text(&path)?.text;
        let mut table = csv::Reader::from_reader(text.as_bytes());
        for (number, row) in table.records().enumerate() {
            let place = format!("line {}", number + 2);
            let row = match row {
                Ok(row) if row.len() == 4 => row,
                _ => {
                    intake.warn(&path, format!("{place}: not `id,model,focus,coverage`"));
                    continue;
                }
            };

            let find = |kind: &str| {
                let plain = format!("{folder}/{kind}/{}", &row[0]);
                let padded = format!("{folder}/{kind}/{:0>6}", &row[0]);
                [plain, padded]
                    .into_iter()
                    .find(|path| intake.tree.has(path))
            };

            let files = find(&format!("pred_{}", &row[1])).zip(find("gold"));
            let Some((summary, reference)) = files else {
                let problem =
                    format!("{place}: no files for `{}` of {}", &row[0], &row[1]);
                intake.warn(&path, problem);
                continue;
            };

            let mut fields = Map::new();
            fields.insert("doc_id".into(), row[0].into());
            fields.insert("system".into(), row[1].into());
            let text = |path: &str| {
                Ok::<_, ImportError>(intake.text(path)?.text.trim().to_owned())
            };
            fields.insert("summary".into(), text(&summary)?.into());
            fields.insert("references".into(), vec![text(&reference)?].into());
            fields.insert("lang".into(), language.as_str().into());

            for (name, mark) in [("focus", &row[2]), ("coverage", &row[3])] {
                if let Ok(mark) = mark.parse::<f64>() {
                    fields.insert(name.into(), mark.into());
                } else {
                    intake.warn(&path, format!("{place}: `{mark}` is no number"));
                }
            }

            intake.judgement(&path, fields)?;
        }
    }
    Ok(())
}
