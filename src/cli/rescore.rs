//! `epitome score --run RUN`: another metric from stored extracts.

use std::{num::NonZero, path::Path};

use crate::{
    registry::Registry,
    report::Tally,
    run::{
        Layout, Lock, MetricRecipe, Plan, ReferenceLetters, StoredRows, System,
        SystemRecipe, Unread, checked, is_of_another_build, replace, rescore,
    },
    spec::Spec,
};

use super::{
    failure::{Code, Failure},
    output::{Output, say},
    progress::Bar,
    stored, tables,
};

/// Scores the extracts of the run in `folder` by metrics that it does not have yet, and
/// writes its tables anew. No system is run.
pub(super) fn add_metrics(
    registry: &Registry,
    folder: &Path,
    specs: &[Spec],
    jobs: Option<NonZero<usize>>,
) -> Result<Code, Failure> {
    let _lock = Lock::take(folder)?;
    let name = folder.display();
    stored::mend(registry, folder)?;
    let mut manifest = checked(folder)?;
    if !manifest.complete {
        return Err(Failure::input(format!(
            "{name}: the run has not come to its end\nhint: the same `epitome run` goes on with it"
        )));
    }
    let metrics = Plan::metrics(registry, specs)?;
    let known = |name: &str| manifest.metrics.iter().any(|metric| metric.name == name);
    let (there, new): (Vec<_>, Vec<_>) =
        metrics.into_iter().partition(|metric| known(&metric.name));
    for metric in there {
        say(&format!("note: `{}` is there already", metric.name));
    }
    if new.is_empty() {
        let text = "nothing to do: the run has these metrics".to_owned();
        return Err(Failure::Message { text, code: Code::NothingToDo });
    }
    if is_of_another_build(&manifest) {
        say(&format!(
            "note: {name}: the rows are of another build of epitome; only the new metrics are of this one"
        ));
    }
    let added =
        new.iter().map(|metric| MetricRecipe { added: true, ..MetricRecipe::of(metric) });
    let added: Vec<MetricRecipe> = added.collect();
    let before = Layout::of_manifest(&manifest);
    let systems = || {
        let silent = |system: &SystemRecipe| {
            System::silent(&system.name, system.task, system.kind)
        };
        manifest.systems.iter().map(silent).collect()
    };
    let plan = stored::plan(&manifest, systems(), new, jobs)?;
    let names = manifest.metrics.iter().chain(&added).map(|metric| metric.name.parse());
    let names: Vec<Spec> = names.collect::<Result<_, _>>()?;
    let all = Plan::metrics(registry, &names)?;
    let all = stored::plan(&manifest, systems(), all, jobs)?;

    let letters = manifest.corpora.iter();
    let letters: Vec<(&str, ReferenceLetters)> =
        letters.map(|it| (it.name.as_str(), it.letters)).collect();
    let unread = Unread::of(registry, &plan.metrics, &letters);
    manifest.unread.extend(unread);
    manifest.metrics.extend(added);
    let mut tally = Tally::new(&all, manifest.resamples);
    let bytes = plan.corpora.iter().map(|corpus| corpus.bytes()).sum();
    let mut bar = Bar::new(bytes, false);
    replace(folder, Layout::of(&all), Some(&mut manifest), |store| {
        let rows = StoredRows::open(folder, before)?;
        rescore(&plan, rows, &mut bar, |outcome| {
            tally.add(&outcome);
            store.write(&outcome)
        })
        .map_err(Failure::of_run)
    })?;
    bar.finish();
    let leaderboard = tables::leaderboard(&all, &tally, folder)?;
    let comparisons = tables::compare_all(&all, tally.documents(), folder, &manifest)?;
    tables::note(folder, &mut manifest)?;
    let mut output = Output::new();
    output.text(&tables::drawn(&leaderboard, &comparisons, &manifest, folder)?)?;
    output.finish()?;
    Ok(Code::Fine)
}
