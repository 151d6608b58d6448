//! Links between the pages of the documentation lead somewhere.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders with pages, relative to the root of the project.
const FOLDERS: [&str; 3] = [".", "docs", "results/published"];

/// The pages of `folder`, and of the folders in it if they are results.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        } else if path.join("README.md").is_file() && folder.ends_with("published") {
            found.push(path.join("README.md"));
        }
    }
    found
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|sign| sign.is_alphanumeric() || "-_ ".contains(*sign));
    kept.map(|sign| if sign == ' ' { '-' } else { sign })
        .collect()
}

/// The anchors of a page.
fn anchors(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| anchor(line.trim_start_matches('#')))
        .collect()
}

/// What is wrong with a link on `page`.
fn problem(page: &Path, link: &str) -> Option<String> {
    let (path, wanted) = link.split_once('#').unwrap_or((link, ""));
    let target = match path {
        "" => page.to_owned(),
        path => page.parent().unwrap().join(path),
    };
    if !target.exists() {
        return Some(format!("{}: no file `{link}`", page.display()));
    }
    let is_known = wanted.is_empty() || anchors(&target).iter().any(|it| it == wanted);
    (!is_known).then(|| format!("{}: no heading `{link}`", page.display()))
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut problems = Vec::new();
    let mut links = 0;
    for page in FOLDERS.iter().flat_map(|folder| pages(&root.join(folder))) {
        let text = fs::read_to_string(&page).unwrap();
        for rest in text.split("](").skip(1) {
            let link = rest.split(')').next().unwrap();
            if !link.starts_with("http") {
                links += 1;
                problems.extend(problem(&page, link));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(links > 50, "{links} links: are the pages still there?");
}
