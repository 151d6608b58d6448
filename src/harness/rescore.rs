//! Scoring a run by further metrics, from its stored extracts.

use std::{num::NonZero, path::Path, sync::Arc};

use crate::{
    corpus::Corpus,
    metric::{ExternalMetric, Metric},
    plugin::ScoresFile,
    registry::Registry,
    report::Tally,
    run::{
        DocumentOutcome, FolderLock, KnownDocuments, MetricRecipe, MetricSources,
        NamedMetrics, PlanError, ReferenceLetters, Rescoring, RunCorpus, RunManifest,
        StoredRows, SystemRecipe, Unread, checked, clock::Stages, cores,
        is_of_another_build, remarks, replace, rescore, strangers,
    },
    spec::{Built, Spec},
};

use super::{
    error::Error,
    finished::Finished,
    listener::{Bytes, Listener},
    stored, tables,
};

/// Scores the extracts of the run in `folder` by metrics that it does not have yet, those
/// for `specs` and those of `sources`, and writes its tables again. No system is run.
///
/// # Errors
/// Returns an error if the run has not come to its end, has these metrics, or its
/// corpora have changed, or if a file cannot be written.
pub fn add_metrics(
    registry: &Registry,
    folder: &Path,
    specs: &[Spec],
    sources: &MetricSources,
    jobs: Option<NonZero<usize>>,
    listener: &mut dyn Listener,
) -> Result<Finished, Error> {
    let _lock = FolderLock::take(folder)?;
    let name = folder.display();
    stored::mend(registry, folder, listener)?;
    let mut manifest = checked(folder)?;
    if !manifest.complete {
        return Err(Error::Input(format!(
            "{name}: the run has not come to its end\nhint: the same `epitome run` continues it"
        )));
    }

    let NamedMetrics { metrics, scores } = sources.open(registry, specs)?;
    let (there, new): (Vec<_>, Vec<_>) = metrics.into_iter().partition(|metric| {
        let mut known = manifest.metrics.iter();
        known.any(|known| known.name == metric.name)
    });
    for metric in there {
        listener.note(&format!("note: `{}` is there already", metric.name));
    }
    if new.is_empty() {
        let text = "nothing to do: the run has these metrics".to_owned();
        return Err(Error::NothingToDo(text));
    }

    if is_of_another_build(&manifest) {
        listener.note(&format!(
            "note: {name}: the rows are of another build of epitome; only the new metrics are of this one"
        ));
    }

    let before = manifest.layout();
    let corpora = stored::corpora(&manifest)?;
    let on = corpora.iter().zip(manifest.lengths());
    let on: Vec<_> = on
        .map(|(corpus, length)| RunCorpus {
            corpus: corpus.as_ref(),
            length,
        })
        .collect();

    check_roles(&manifest, &new)?;
    for note in strangers_in(&scores, &new, &manifest, &corpora)? {
        listener.note(&format!("note: {note}"));
    }

    let letters = manifest.corpora.iter();
    let letters: Vec<(&str, ReferenceLetters)> =
        letters.map(|it| (it.name.as_str(), it.letters)).collect();
    let unread = Unread::of(registry, &new, &letters);
    manifest.unread.extend(unread);

    let added = new.iter().map(|metric| MetricRecipe {
        added: true,
        ..MetricRecipe::of(metric)
    });
    manifest.metrics.extend(added);
    manifest.add_embedders(registry, &new);

    let all = tables::metrics_of(registry, &manifest)?;
    let layout = manifest.layout();
    let mut tally = Tally::new(layout.clone(), &all, manifest.seed, manifest.resamples);

    let rescoring = Rescoring {
        layout: &before,
        metrics: &new,
        reading: stored::reading(&manifest)?,
        jobs: jobs.unwrap_or(cores()),
    };

    replace::<Error>(folder, layout.clone(), Some(&mut manifest), |store| {
        let rows = StoredRows::open(folder, before.clone())?;
        rescore(
            &rescoring,
            &on,
            rows,
            &mut Bytes(listener),
            |outcome: DocumentOutcome| {
                tally.add(&outcome);
                store.write(&outcome)
            },
        )?;
        match sources.options.stop.is_wished() {
            true => Err(Error::stopped_unchanged()),
            false => Ok(()),
        }
    })?;

    let leaderboard = tables::leaderboard(&manifest, &all, &tally, folder)?;
    let documents = tally.documents();
    let comparisons =
        tables::compare_all(&manifest, documents, rescoring.jobs, folder, listener)?
            .ok_or_else(Error::stopped_before_tables)?;
    tables::note(folder, &mut manifest)?;

    Ok(Finished {
        folder: folder.to_owned(),
        leaderboard,
        comparisons,
        documents,
        before: documents,
        stages: Stages::default(),
        notes: [
            remarks(&new),
            tally.notes(&all, manifest.language.is_some()),
        ]
        .concat(),
        failures: tally.failures(),
        worst_failures: tally.worst_failures(),
        nothing_measured: tally.nothing_measured(&all, &manifest.unread),
        manifest,
    })
}

/// Returns notes about lines of files of scores that are about nothing in the run.
fn strangers_in(
    scores: &[Arc<ScoresFile>],
    new: &[Built<dyn Metric>],
    manifest: &RunManifest,
    corpora: &[Box<dyn Corpus>],
) -> Result<Vec<String>, Error> {
    if scores.is_empty() {
        return Ok(Vec::new());
    }
    let documents = KnownDocuments::of(corpora.iter().map(AsRef::as_ref))?;
    let systems = manifest.systems.iter();
    let systems: Vec<_> = systems.map(|it| (it.name.as_str(), it.task)).collect();
    Ok(strangers(scores, new, &systems, &documents)?)
}

/// Checks that no plugin that is to be a metric has made outputs of the run.
fn check_roles(manifest: &RunManifest, new: &[Built<dyn Metric>]) -> Result<(), Error> {
    for metric in new {
        let Some(sees) = metric.value.external().map(ExternalMetric::origin) else {
            continue;
        };
        let is_same = |system: &&SystemRecipe| {
            system.command.as_ref() == Some(&sees.command)
                || system.version.as_ref() == Some(&sees.version)
        };
        if let Some(system) = manifest.systems.iter().find(is_same) {
            return Err(PlanError::BothRoles {
                system: system.name.clone(),
                metric: metric.name.clone(),
            }
            .into());
        }
    }
    Ok(())
}
