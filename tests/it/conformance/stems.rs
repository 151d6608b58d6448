//! Porter's variants against 42,345 words stemmed by the original tools.

use epitome::porter::Porter;

use super::shared;

const COLUMNS: [(&str, Porter); 5] = [
    ("nltk_ext", Porter::Nltk),
    ("snowball_porter", Porter::Nltk), // NLTK's other class for the same stemmer
    ("martin_ext", Porter::Martin),
    ("original", Porter::Original),
    ("perl155_stem", Porter::Rouge155),
];

#[test]
fn every_stem_is_that_of_the_original_tool() {
    let Some(table) = shared("golden/rouge/stems.tsv") else {
        return;
    };
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 42_345, "words");
    for (column, porter) in COLUMNS {
        let at = header.iter().position(|&name| name == column);
        let at = at.unwrap_or_else(|| panic!("no column `{column}`"));
        let wrong = differences(porter, &rows, at);
        println!("{column}: {} differences", wrong.len());
        assert!(wrong.is_empty(), "{column}: {}: {:#?}", wrong.len(), wrong);
    }
}

fn differences(porter: Porter, rows: &[Vec<&str>], column: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in rows {
        let mut stem = row[0].as_bytes().to_vec();
        porter.stem(&mut stem);
        if stem != row[column].as_bytes() {
            let stem = String::from_utf8_lossy(&stem);
            wrong.push(format!("{}: `{stem}`, expected `{}`", row[0], row[column]));
        }
    }
    wrong
}
