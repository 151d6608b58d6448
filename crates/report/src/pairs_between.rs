//! Pairs of systems of two runs.

use epitome_engine::run::{MetricRecipe, RunManifest, SystemKind};
use epitome_metrics::Signature;

use super::pairs::{Family, Pairing, PairingError, Run, layout_corpora};

impl<'a> Pairing<'a> {
    /// Returns pairs of systems of two runs: each system of `a` with the system of the same name in
    /// `b`, only those that are named if any are; if two are named, the first in `a` with the
    /// second in `b`. Documents are paired by their digests.
    ///
    /// # Errors
    /// Returns an error if contents of corpora, budgets or signatures of metrics differ, or if the
    /// runs have no corpus, metric or system in common.
    pub fn between(
        a: &'a Run,
        b: &'a Run,
        named: &[String],
    ) -> Result<Self, PairingError> {
        let pairs = namesakes(a, b, named)?;
        let runs = format!("{} {}", a.manifest.run(), b.manifest.run());
        let mut families = Vec::new();
        let mut shares_corpus = false;
        let (layout, layout_there) = (a.manifest.layout(), b.manifest.layout());

        for (here, (corpus, scores)) in layout_corpora(a).enumerate() {
            let Some(other) = same_corpus(a, b, corpus)? else {
                continue;
            };
            shares_corpus = true;

            for &(system, _) in &pairs {
                let system = &a.manifest.systems[system];
                let budget = layout.budget(here, system.task);
                let there = layout_there.budget(other, system.task);
                if budget != there {
                    return Err(PairingError::Budget {
                        system: system.name.clone(),
                        here: budget,
                        there,
                        a: a.name(),
                        b: b.name(),
                    });
                }
            }

            let others = &b.observations.corpora[other];
            let places = others.places_of(scores);
            for (at, metric) in a.manifest.metrics.iter().enumerate() {
                let same = |other: &MetricRecipe| other.name == metric.name;
                let Some(at_there) = b.manifest.metrics.iter().position(same) else {
                    continue;
                };
                comparable(metric, &b.manifest.metrics[at_there])?;

                let of_task = pairs.iter().filter(|(system, _)| {
                    a.manifest.systems[*system].task == metric.task
                });
                let mut family = Family {
                    corpus,
                    metric,
                    budget: layout.budget(here, metric.task),
                    run: runs.clone(),
                    names: Vec::new(),
                    columns: Vec::new(),
                    pairs: Vec::new(),
                };
                for &(own, there) in of_task {
                    let column = others.column(at_there, there);
                    let moved = places.iter().map(|place| {
                        place
                            .and_then(|at| column.get(at).copied())
                            .unwrap_or(f64::NAN)
                    });

                    family
                        .pairs
                        .push((family.names.len(), family.names.len() + 1));
                    let name = |run: &Run, at: usize| {
                        format!("{} in {}", run.manifest.systems[at].name, run.name())
                    };
                    family.names.extend([name(a, own), name(b, there)]);
                    family
                        .columns
                        .extend([scores.column(at, own).to_vec(), moved.collect()]);
                }
                families.push(family);
            }
        }

        match (shares_corpus, families.is_empty()) {
            (false, _) => Err(PairingError::Nothing { what: "corpus" }),
            (true, true) => Err(PairingError::Nothing { what: "metric" }),
            (true, false) => Ok(Self {
                families,
                unpaired: unpaired(a, b, named),
            }),
        }
    }
}

/// Returns the index in `b` of the corpus with a name; `None` if one of the runs does not have it.
///
/// # Errors
/// Returns an error if the contents differ.
fn same_corpus(a: &Run, b: &Run, name: &str) -> Result<Option<usize>, PairingError> {
    let find = |run: &Run| {
        run.manifest
            .corpora
            .iter()
            .position(|corpus| corpus.name == name)
    };
    let Some((here, there)) = find(a).zip(find(b)) else {
        return Ok(None);
    };
    if a.manifest.corpora[here].blake3 != b.manifest.corpora[there].blake3 {
        let corpus = name.to_owned();
        return Err(PairingError::Corpus {
            corpus,
            a: a.name(),
            b: b.name(),
        });
    }
    Ok(Some(there))
}

/// Returns an error if the signatures of two metrics differ.
fn comparable(here: &MetricRecipe, there: &MetricRecipe) -> Result<(), PairingError> {
    let parse = |text: &str| text.parse::<Signature>().ok();
    match parse(&here.signature).zip(parse(&there.signature)) {
        Some((here, there)) => Ok(here.comparable(&there)?),
        None if here.signature == there.signature => Ok(()),
        None => Err(PairingError::Nothing {
            what: "readable signature",
        }),
    }
}

/// Returns what only one of two runs has, in words; without systems if systems are named.
fn unpaired(a: &Run, b: &Run, named: &[String]) -> Vec<String> {
    let parts = |run: &Run| {
        let RunManifest {
            systems,
            metrics,
            corpora,
            ..
        } = &run.manifest;
        let systems = systems
            .iter()
            .filter(|it| named.is_empty() && it.kind == SystemKind::System);
        let systems = systems.map(|it| ("system", it.name.clone()));
        let metrics = metrics.iter().map(|it| ("metric", it.name.clone()));
        let corpora = corpora.iter().map(|it| ("corpus", it.name.clone()));
        systems
            .chain(metrics)
            .chain(corpora)
            .collect::<Vec<(&str, String)>>()
    };

    let (of_a, of_b) = (parts(a), parts(b));
    let only = |own: &[(&str, String)], other: &[(&str, String)], run: &Run| {
        let own = own.iter().filter(|part| !other.contains(part));
        own.map(|(kind, name)| format!("{kind} `{name}` (only in {})", run.name()))
            .collect::<Vec<String>>()
    };
    let mut all = only(&of_a, &of_b, a);
    all.extend(only(&of_b, &of_a, b));
    all
}

/// Returns the pairs of systems of two runs with equal tasks, as indices in their manifests; see
/// [`Pairing::between`] for `named`.
fn namesakes(
    a: &Run,
    b: &Run,
    named: &[String],
) -> Result<Vec<(usize, usize)>, PairingError> {
    let mut pairs = Vec::new();
    for (here, system) in a.manifest.systems.iter().enumerate() {
        let partner = match named {
            [first, second] if system.name == *first => second,
            [_, _] => continue,
            [] if system.kind == SystemKind::Reference => continue,
            _ if named.is_empty() || named.contains(&system.name) => &system.name,
            _ => continue,
        };

        let there = b
            .manifest
            .systems
            .iter()
            .position(|other| other.name == *partner && other.task == system.task);
        pairs.extend(there.map(|there| (here, there)));
    }
    match pairs.is_empty() {
        true => Err(PairingError::Nothing { what: "system" }),
        false => Ok(pairs),
    }
}
