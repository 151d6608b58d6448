//! Which column of a corpus has which role, decided once for the corpus.

use serde_json::{Map, Value};

use super::{
    column_names::{self, ColumnNames, ROLES},
    import::{plain_list, without_tags},
};

/// The hint of an error that no column has the text.
pub(super) const HINT: &str = "hint: `--columns text=NAME` says which it is";

/// The separator between the articles of a cluster in Multi-News.
const CLUSTER_MARK: &str = "|||||";

/// The column of each role that a corpus has, in the order in which they are told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mapping(Vec<(&'static str, String)>);

impl Mapping {
    /// Returns the mapping of a corpus with these columns.
    ///
    /// A corpus that has a text and references under the names of our own format is in
    /// that format: its other columns are metadata, whatever their names.
    ///
    /// # Errors
    /// Returns an error if a column that is named is none of them.
    pub(super) fn of(named: &ColumnNames, columns: &[&str]) -> Result<Self, String> {
        if let Some((role, column)) = missing(named, columns).next() {
            let columns = columns.join(", ");
            return Err(format!(
                "no column `{column}` for the {role}; the columns are {columns}"
            ));
        }

        let has = |name: &str| columns.contains(&name);
        let text = ["text", "documents", "tagged"].into_iter().any(has);
        let references = ["summaries", "keyphrases"].into_iter().any(has);
        if named.is_empty() && text && references {
            let own = ROLES.into_iter().filter(|role| has(role));
            return Ok(Self(own.map(|role| (role, role.to_owned())).collect()).sorted());
        }

        let find = |role| column_names::find(named.pairs(), role, columns);
        let text = find("text");
        let found = ROLES.into_iter().filter_map(|role| {
            let column = find(role)?;
            // an abstract is the text if there is no other, and otherwise the summary
            (role != "summaries" || Some(column) != text)
                .then(|| (role, column.to_owned()))
        });
        Ok(Self(found.collect()).sorted())
    }

    /// Puts the id last, which is told last.
    fn sorted(mut self) -> Self {
        self.0.sort_by_key(|(role, _)| *role == "id");
        self
    }

    /// Returns whether every column has the name of its role.
    pub(super) fn is_own(&self) -> bool {
        self.0.iter().all(|(role, column)| role == column)
    }

    pub(super) fn has(&self, role: &str) -> bool {
        self.0.iter().any(|(name, _)| *name == role)
    }

    /// Returns the columns that have roles.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, column)| column.as_str())
    }

    /// Returns the column that has a role.
    pub(super) fn column(&self, role: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| *name == role);
        found.map(|(_, column)| column.as_str())
    }

    /// Returns the mapping in words: "text from `article`, summaries from `highlights`".
    pub(super) fn described(&self) -> String {
        let parts = self
            .0
            .iter()
            .map(|(role, column)| format!("{role} from `{column}`"));
        parts.collect::<Vec<_>>().join(", ")
    }

    /// Renames the columns of a record to their roles.
    ///
    /// A text in parts under a foreign name has a line for each part; a text with the
    /// mark of Multi-News between articles is a cluster.
    pub(super) fn rename(&self, fields: &mut Map<String, Value>) {
        let foreign = || self.0.iter().filter(|(role, column)| role != column);
        // one column may have two roles
        let mut renamed: Vec<(&str, Value)> = foreign()
            .filter_map(|(role, column)| {
                Some((*role, adapted(role, column, fields.get(column)?.clone())))
            })
            .collect();
        for (role, column) in foreign() {
            fields.remove(column);
            fields.remove(*role);
        }
        for (role, value) in renamed.drain(..) {
            match value {
                Value::Array(parts) if role == "text" => {
                    fields.insert("documents".to_owned(), Value::Array(parts));
                }
                value => {
                    fields.insert(role.to_owned(), value);
                }
            }
        }
    }

    /// Returns a message about a field with the name that the column has in the file, and
    /// with a hint if no column has the text.
    pub(super) fn in_the_file(&self, problem: &str) -> String {
        if !self.has("text") && problem.starts_with("there is no `text`") {
            return format!("{problem}\n{HINT}");
        }
        let foreign = self.0.iter().find_map(|(role, column)| {
            let rest = problem.strip_prefix('`')?.strip_prefix(role)?;
            rest.starts_with(['`', '['])
                .then(|| format!("`{column}{rest}"))
        });
        foreign.unwrap_or_else(|| problem.to_owned())
    }
}

/// Returns the named columns that are none of `columns`, with their roles.
pub(super) fn missing<'a>(
    named: &'a ColumnNames,
    columns: &'a [&str],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let pairs = named.pairs().iter();
    let absent = pairs
        .filter(|(role, _)| column_names::find(named.pairs(), role, columns).is_none());
    absent.map(|(role, column)| (role.as_str(), column.as_str()))
}

/// Returns the value of a foreign column as our own format has it.
fn adapted(role: &str, column: &str, value: Value) -> Value {
    match (role, value) {
        // one summary of sentences marked `<S>`
        ("summaries", Value::Array(sentences)) if column == "abstract_text" => {
            Value::from(without_tags(&plain_list(&sentences)))
        }
        ("text", Value::Array(parts)) if parts.iter().all(Value::is_string) => {
            Value::from(plain_list(&parts))
        }
        ("text", Value::String(text)) if text.contains(CLUSTER_MARK) => {
            let parts = text.split(CLUSTER_MARK).map(str::trim);
            parts.filter(|part| !part.is_empty()).collect()
        }
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(named: &[(&str, &str)], columns: &[&str]) -> Result<String, String> {
        let pairs = named
            .iter()
            .map(|(role, column)| ((*role).to_owned(), (*column).to_owned()));
        let named = ColumnNames::new(pairs)?;
        Mapping::of(&named, columns).map(|mapping| mapping.described())
    }

    #[test]
    fn names_of_our_own_are_taken_before_others() {
        let own = ["id", "text", "summaries", "abstract", "url", "headline"];
        let found = described(&[], &own).unwrap();
        assert_eq!(
            found,
            "text from `text`, summaries from `summaries`, id from `id`"
        );
        let found = described(&[], &["abstract", "keywords"]).unwrap();
        assert_eq!(found, "text from `abstract`, keyphrases from `keywords`");
        let found = described(&[], &["article", "abstract"]).unwrap();
        assert_eq!(found, "text from `article`, summaries from `abstract`");
    }

    #[test]
    fn a_record_has_the_names_of_roles_and_keeps_other_fields() {
        let named = [("text", "body"), ("title", "body")];
        let pairs = named.map(|(role, column)| (role.to_owned(), column.to_owned()));
        let columns = ["body", "text", "n"];
        let mapping = Mapping::of(&ColumnNames::new(pairs).unwrap(), &columns).unwrap();
        let json = serde_json::json!({ "body": "One.", "text": "Two.", "n": 1 });
        let Value::Object(mut fields) = json else {
            panic!()
        };
        mapping.rename(&mut fields);
        let wanted = serde_json::json!({ "text": "One.", "title": "One.", "n": 1 });
        assert_eq!(Value::Object(fields), wanted);
        let said = mapping.in_the_file("`text` is a list, not a string");
        assert_eq!(said, "`body` is a list, not a string");
    }

    #[test]
    fn a_cluster_of_multi_news_is_a_list_of_documents() {
        let columns = ["document", "summary"];
        let mapping = Mapping::of(&ColumnNames::default(), &columns).unwrap();
        let json = serde_json::json!({ "document": "One. ||||| Two.", "summary": "o" });
        let Value::Object(mut fields) = json else {
            panic!()
        };
        mapping.rename(&mut fields);
        assert_eq!(fields["documents"], serde_json::json!(["One.", "Two."]));
    }
}
