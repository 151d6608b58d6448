//! Templates of working plugins, for the command `epitome plugin new`.

/// A language in which there is a template of a plugin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaffoldLanguage {
    /// Python, with a copy of the SDK.
    Python,
    /// Node, without packages.
    Node,
    /// Rust, as a crate.
    Rust,
    /// POSIX sh and sed.
    Shell,
}

/// Returns the files of a new metric called `name`, in Python, each with its path in the
/// plugin's folder. The first one is where to start reading.
pub fn metric_files(name: &str) -> Vec<(&'static str, String)> {
    named(
        &[
            ("metric.py", include_str!("templates/metric.py")),
            ("epitome_plugin.py", SDK),
            ("plugin.toml", include_str!("templates/metric.toml")),
        ],
        name,
    )
}

/// Returns the files of a new embedder called `name`, in Python, each with its path in the
/// plugin's folder. The first one is where to start reading.
pub fn embedder_files(name: &str) -> Vec<(&'static str, String)> {
    named(
        &[
            ("embedder.py", include_str!("templates/embedder.py")),
            ("epitome_plugin.py", SDK),
            ("plugin.toml", include_str!("templates/embedder.toml")),
        ],
        name,
    )
}

/// The plugin protocol in one file of Python.
const SDK: &str = include_str!("templates/epitome_plugin.py");

/// Returns the files of a new plugin called `name`, each with its path in the plugin's
/// folder. The first one is where to start reading.
pub fn files(language: ScaffoldLanguage, name: &str) -> Vec<(&'static str, String)> {
    let files: &[(&'static str, &str)] = match language {
        ScaffoldLanguage::Python => &[
            ("plugin.py", include_str!("templates/plugin.py")),
            ("epitome_plugin.py", SDK),
            ("plugin.toml", include_str!("templates/python.toml")),
        ],
        ScaffoldLanguage::Node => &[
            ("plugin.mjs", include_str!("templates/plugin.mjs")),
            ("plugin.toml", include_str!("templates/node.toml")),
        ],
        ScaffoldLanguage::Rust => &[
            ("src/main.rs", include_str!("templates/main.rs.txt")),
            ("Cargo.toml", include_str!("templates/Cargo.toml.txt")),
            ("plugin.toml", include_str!("templates/rust.toml")),
        ],
        ScaffoldLanguage::Shell => &[
            ("plugin.sh", include_str!("templates/plugin.sh")),
            ("plugin.toml", include_str!("templates/shell.toml")),
        ],
    };

    named(files, name)
}

/// Returns files with the name of the plugin in them.
fn named(files: &[(&'static str, &str)], name: &str) -> Vec<(&'static str, String)> {
    files
        .iter()
        .map(|&(path, text)| (path, text.replace("NAME", name)))
        .collect()
}
