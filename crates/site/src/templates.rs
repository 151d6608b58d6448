//! The markup of the site.

use minijinja::{Environment, UndefinedBehavior};

use epitome_report::{PAGE_SCRIPT, PAGE_STYLE, sentence};

macro_rules! templates {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("templates/", $name)))),*]
    };
}

const TEMPLATES: [(&str, &str); 6] = templates! {
    "frame.html" "index.html" "field.html" "run.html" "history.html" "records.html"
};

/// Returns the style sheet: that of reports, and what the site adds.
pub(super) fn style() -> String {
    [PAGE_STYLE, include_str!("templates/site.css")].concat()
}

/// Returns the script: that of all pages, and that of the site.
pub(super) fn script() -> String {
    [PAGE_SCRIPT, include_str!("templates/site.js")].concat()
}

/// Returns the templates. They escape all values that are not marked as safe.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.add_filter("sentence", sentence);
    for (name, source) in TEMPLATES {
        environment
            .add_template(name, source)
            .expect("templates are compiled in, and each is used by a test");
    }
    environment
}
