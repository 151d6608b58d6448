//! `epitome plugin new`: plugins that work, to start from.

/// A language that there is a plugin in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaffoldLanguage {
    /// With the SDK beside it.
    Python,
    /// Without packages.
    Node,
    /// A crate.
    Rust,
    /// POSIX sh and sed.
    Shell,
}

/// The files of a new plugin called `name`, by their paths in its folder. The first is
/// where to begin to read.
pub fn files(language: ScaffoldLanguage, name: &str) -> Vec<(&'static str, String)> {
    let files: &[(&str, &str)] = match language {
        ScaffoldLanguage::Python => &[
            ("plugin.py", include_str!("templates/plugin.py")),
            (
                "epitome_plugin.py",
                include_str!("../../../scripts/plugins/epitome_plugin.py"),
            ),
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
    files
        .iter()
        .map(|&(path, text)| (path, text.replace("NAME", name)))
        .collect()
}
