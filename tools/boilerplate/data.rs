//! Labelled pages, and the models that are fitted to them.

use std::{error::Error, path::Path, thread};

use epitome::text::boilerplate::{BoilerplateModel, Thresholds};

use crate::{
    fit::{self, Example},
    lines,
    pages::{self, LabelledPage},
};

/// Sites are dealt into so many folds.
const FOLDS: usize = 10;
/// The other folds are dealt into so many parts where thresholds are chosen without a fold.
const PARTS: usize = 3;
pub(crate) const SEED: u64 = 0;
/// Strength of the ridge. Chosen on the cross-validated figures, which hardly move
/// between 1 and 10.
pub(crate) const RIDGE: f64 = 3.0;
/// Thresholds that are tried.
const GRID: [f32; 4] = [0.2, 0.3, 0.4, 0.5];
/// The largest share of the words of the bodies that may be dropped where thresholds are chosen.
const LOST: f64 = 0.03;

/// How much a line counts of a page, of the page without its boilerplate, and of the latter with a
/// sentence a line.
#[derive(Clone, Copy)]
struct Shares {
    page: f64,
    clean: f64,
    by_sentence: f64,
}

const OF_ARTICLES: Shares = Shares {
    page: 1.0,
    clean: 0.5,
    by_sentence: 0.0,
};
const OF_WHOLE_PAGES: Shares = Shares {
    page: 0.3,
    clean: 0.0,
    by_sentence: 0.0,
};
/// Chosen so that at most 2 % of the words of every kind of text without boilerplate are dropped.
/// `scripts/label-pages` leaves out boilerplate of fewer than five words, so that the body of these
/// pages teaches that shorter lines are text; without those lines more of whole pages is found, but
/// too many words of mails are dropped (`docs/boilerplate.md`).
const OF_OTHERS: Shares = Shares {
    page: 1.0,
    clean: 0.2,
    by_sentence: 0.2,
};

/// Pages with the folds of their sites.
pub(crate) struct Data {
    pub(crate) articles: Vec<LabelledPage>,
    pub(crate) whole: Vec<LabelledPage>,
    /// Articles that are fitted on and never measured.
    pub(crate) others: Vec<LabelledPage>,
    /// Folds of the articles, then of the whole pages, then of the others.
    folds: Vec<usize>,
    examples: Vec<Example>,
}

impl Data {
    /// Reads the pages of a folder of corpora, and others of a file.
    pub(crate) fn read(corpora: &Path, others: &Path) -> Result<Self, Box<dyn Error>> {
        let articles = pages::read(&corpora.join("furniture/articles.jsonl"))?;
        let whole = pages::read(&corpora.join("furniture/pages.jsonl"))?;
        let others = pages::read(others)?;
        let all: Vec<&LabelledPage> =
            articles.iter().chain(&whole).chain(&others).collect();
        let folds = pages::folds(&all, FOLDS, SEED);
        let shares = std::iter::repeat_n(OF_ARTICLES, articles.len())
            .chain(std::iter::repeat_n(OF_WHOLE_PAGES, whole.len()))
            .chain(std::iter::repeat_n(OF_OTHERS, others.len()));

        let mut examples = Vec::new();
        for ((page, &fold), shares) in all.into_iter().zip(&folds).zip(shares) {
            examples.push(Example::of(page, fold, shares.page));
            if shares.clean > 0.0 {
                examples.push(Example::of(&page.clean(), fold, shares.clean));
            }
            if shares.by_sentence > 0.0 {
                let page = page.clean().by_sentence();
                examples.push(Example::of(&page, fold, shares.by_sentence));
            }
        }
        Ok(Self {
            articles,
            whole,
            others,
            folds,
            examples,
        })
    }

    /// The weights fitted to all pages, with the thresholds chosen on all articles.
    pub(crate) fn model(&self) -> BoilerplateModel {
        let mut model = self.fitted_without(&[]);
        model.thresholds = self.thresholds_without(None);
        model
    }

    /// For each fold the weights fitted without it.
    pub(crate) fn cross_validated(&self) -> Vec<BoilerplateModel> {
        in_parallel(FOLDS, |fold| self.fitted_without(&[fold]))
    }

    /// For each fold the weights fitted without it, with the thresholds of [`GRID`] that find
    /// most lines of boilerplate in the articles of the other folds while at most [`LOST`] of the
    /// words of their bodies are dropped, or the highest. Nothing but the form of the model, its
    /// rules, and the shares of the examples has seen the fold.
    pub(crate) fn nested(&self) -> Vec<BoilerplateModel> {
        let mut models = self.cross_validated();
        for (fold, model) in models.iter_mut().enumerate() {
            model.thresholds = self.thresholds_without(Some(fold));
        }
        models
    }

    /// Chooses thresholds on the articles outside a fold, each judged by weights that were fitted
    /// without it and without that fold.
    fn thresholds_without(&self, fold: Option<usize>) -> Thresholds {
        let others: Vec<usize> = (0..FOLDS).filter(|it| Some(*it) != fold).collect();
        let parts: Vec<&[usize]> = others.chunks(others.len().div_ceil(PARTS)).collect();
        let models = in_parallel(parts.len(), |part| {
            let without: Vec<usize> = parts[part].iter().copied().chain(fold).collect();
            self.fitted_without(&without)
        });
        let part_of = |fold: &usize| parts.iter().position(|part| part.contains(fold));
        let (pages, part): (Vec<LabelledPage>, Vec<usize>) = self
            .articles
            .iter()
            .cloned()
            .zip(self.article_folds().iter().map(part_of))
            .filter_map(|(page, part)| Some((page, part?)))
            .unzip();

        let (text, other) = (GRID[3], GRID[3]);
        let (mut best, mut most) = (Thresholds { text, other }, -1.0);
        for text in GRID {
            for other in GRID {
                let thresholds = Thresholds { text, other };
                let models: Vec<BoilerplateModel> = models
                    .iter()
                    .map(|model| BoilerplateModel {
                        thresholds,
                        ..model.clone()
                    })
                    .collect();
                let judged = pages::judged(&pages, |at| &models[part[at]]);
                let found = lines::Figures::of(&judged).found_within(LOST);
                if let Some(found) = found.filter(|&it| it > most) {
                    (best, most) = (thresholds, found);
                }
            }
        }
        best
    }

    fn fitted_without(&self, folds: &[usize]) -> BoilerplateModel {
        let training = self.examples.iter().filter(|it| !folds.contains(&it.fold));
        fit::fit(&training.collect::<Vec<_>>(), RIDGE)
    }

    pub(crate) fn article_folds(&self) -> &[usize] {
        &self.folds[..self.articles.len()]
    }

    pub(crate) fn whole_folds(&self) -> &[usize] {
        &self.folds[self.articles.len()..][..self.whole.len()]
    }

    /// The pages whose sites are among those that the model is fitted to left out.
    pub(crate) fn fresh(&self, pages: Vec<LabelledPage>) -> Vec<LabelledPage> {
        let seen = || self.articles.iter().chain(&self.whole).chain(&self.others);
        let is_fresh = |page: &LabelledPage| seen().all(|it| it.site != page.site);
        pages.into_iter().filter(is_fresh).collect()
    }
}

/// The results of a function of the numbers below `count`, computed by as many threads as the
/// machine has.
fn in_parallel<T: Send>(count: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let of = &of;
    let mut found: Vec<(usize, T)> = thread::scope(|scope| {
        let part = |first: usize| {
            let numbers = (first..count).step_by(threads);
            scope.spawn(move || numbers.map(|at| (at, of(at))).collect::<Vec<_>>())
        };
        let running: Vec<_> = (0..threads.min(count)).map(part).collect();
        running
            .into_iter()
            .flat_map(|it| it.join().expect("a fit does not panic"))
            .collect()
    });
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, it)| it).collect()
}
