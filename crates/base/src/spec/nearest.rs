//! The name that a misspelt one probably stands for.

/// The one name that is spelt nearly like `wanted`, or all of them when none is.
pub(super) fn nearest<'a>(
    wanted: &str,
    names: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    let squeezed = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let likeness = |name: &&str| strsim::jaro_winkler(&squeezed(wanted), &squeezed(name));
    let best = names
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match best {
        Some(best) if likeness(best) >= 0.84 => vec![(*best).to_owned()],
        _ => names.into_iter().map(str::to_owned).collect(),
    }
}
