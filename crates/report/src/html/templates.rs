//! The markup of the page.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac_sha256::Hash;
use minijinja::Environment;

macro_rules! templates {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("templates/", $name)))),*]
    };
}

const TEMPLATES: [(&str, &str); 10] = templates! {
    "page.html" "section.html" "table.html" "figure.html" "changes.html" "documents.html"
    "failures.html" "overall.html" "recipe.html" "end.html"
};

/// The style sheet of pages: colours in both themes, tables, drawings, phones and paper.
pub const CSS: &str = include_str!("templates/report.css");

/// The script that pages have in common: a constant `shared` with what finds and makes elements,
/// and the buttons that turn colours and sort tables.
pub const COMMON_JS: &str = include_str!("templates/common.js");

/// The style sheet of a drawing in a file of its own.
pub(super) const FIGURE_CSS: &str = include_str!("templates/figure.css");

/// The script of the page.
pub(super) const JS: &str = concat!(
    include_str!("templates/common.js"),
    include_str!("templates/report.js")
);

/// Returns the source expression, `sha256-…`, by which a content security policy allows an element
/// with this content.
pub fn hash(content: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Hash::hash(content.as_bytes())))
}

/// Returns the templates. They escape all values that are not marked as safe.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    environment.add_filter("sentence", sentence);
    for (name, source) in TEMPLATES {
        environment
            .add_template(name, source)
            .expect("templates are compiled in, and each is used by a test");
    }
    environment
}

/// Returns a text with a capital first letter and without backticks.
pub fn sentence(text: &str) -> String {
    let text = text.replace('`', "");
    let mut signs = text.chars();
    let first = signs.next().into_iter().flat_map(char::to_uppercase);
    first.chain(signs).collect()
}
