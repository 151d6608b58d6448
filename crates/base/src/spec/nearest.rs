//! Finding the name that a misspelt one probably means.

/// Returns the one name that is spelt most similarly to `wanted`, or all names if none is
/// similar.
pub(super) fn nearest<'a>(
    wanted: &str,
    names: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    /// The similarity from which on a name is probably meant.
    const ENOUGH: f64 = 0.84;

    let mut names: Vec<&str> = names.collect();
    names.dedup();

    let wanted = squeezed(wanted);
    let likeness = |name: &&str| strsim::jaro_winkler(&wanted, &squeezed(name));
    let best = names
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match best {
        Some(best) if likeness(best) >= ENOUGH => vec![(*best).to_owned()],
        _ => names.into_iter().map(str::to_owned).collect(),
    }
}

/// Returns a name in lower case without separators, so that `TextRank` is like `text-rank`.
fn squeezed(text: &str) -> String {
    text.to_lowercase().replace(['-', '_', ' '], "")
}
