//! The columns of tables and fields of JSON that people have, by their role in a record.

use serde::{Deserialize, Serialize};

/// The roles of columns, under which our own format has them.
pub(super) const ROLES: [&str; 9] = [
    "id",
    "text",
    "title",
    "lang",
    "summaries",
    "keyphrases",
    "query",
    "answers",
    "evidence",
];

/// The names that a column has in known exports, by its role. The first name that a
/// corpus has is used.
const NAMES: [(&str, &[&str]); 9] = [
    (
        "id",
        &[
            "id",
            "paper_id",
            "article_id",
            "bill_id",
            "guid",
            "url",
            "idx",
            "name",
        ],
    ),
    (
        "text",
        &[
            "text",
            "article",
            "document",
            "article_text",
            "body",
            "dialogue",
            "source",
            "abstract",
            "content",
            "src",
        ],
    ),
    ("title", &["title", "headline"]),
    ("lang", &["lang", "language"]),
    (
        "summaries",
        &[
            "summaries",
            "summary",
            "highlights",
            "abstract_text",
            "abstract",
            "target",
            "reference_summary",
            "tldr",
            "references",
            "reference",
            "tgt",
        ],
    ),
    (
        "keyphrases",
        &[
            "keyphrases",
            "keywords",
            "keyword",
            "extractive_keyphrases",
            "keys",
        ],
    ),
    ("query", &["query", "question"]),
    ("answers", &["answers"]),
    ("evidence", &["evidence"]),
];

/// The columns that a user names, by role; for other roles the known names decide.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ColumnNames(Vec<(String, String)>);

impl ColumnNames {
    /// Returns the columns of pairs of a role and a name, such as `("text", "body")`.
    ///
    /// # Errors
    /// Returns an error if a role is unknown or named twice.
    pub fn new(
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, String> {
        let mut columns: Vec<(String, String)> = Vec::new();
        for (role, column) in pairs {
            if !ROLES.contains(&role.as_str()) {
                return Err(format!("`{role}` is none of {}", ROLES.join(", ")));
            }
            if columns.iter().any(|(named, _)| *named == role) {
                return Err(format!("`--columns` names `{role}` twice"));
            }
            columns.push((role, column));
        }
        columns.sort_unstable();
        Ok(Self(columns))
    }

    /// Returns whether no column is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns each role with its column.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Returns the role and the column of `text=body`.
///
/// # Errors
/// Returns an error if it is something else, or there is no such role.
pub fn column_name(text: &str) -> Result<(String, String), String> {
    let (role, column) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not WHAT=COLUMN"))?;
    if !ROLES.contains(&role) {
        return Err(format!("`{role}` is none of {}", ROLES.join(", ")));
    }
    Ok((role.to_owned(), column.to_owned()))
}

/// Returns the column that has a role: the one that is named for it, or else the one with
/// the first known name. Case does not matter.
pub(super) fn find<'a>(
    named: &[(String, String)],
    role: &str,
    columns: &[&'a str],
) -> Option<&'a str> {
    let find = |wanted: &str| {
        columns
            .iter()
            .find(|column| column.eq_ignore_ascii_case(wanted))
            .copied()
    };

    if let Some((_, column)) = named.iter().find(|(name, _)| name == role) {
        return find(column);
    }
    let (_, known) = NAMES.iter().find(|(name, _)| *name == role)?;
    known.iter().find_map(|name| find(name))
}

/// Returns whether a column has a name that is known for a text.
pub(super) fn is_of_text(column: &str) -> bool {
    find(&[], "text", &[column]).is_some()
}
