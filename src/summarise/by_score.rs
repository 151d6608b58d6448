//! A summariser that is nothing but scores, told what to do about furniture.

use crate::{
    rank::{Budget, Furniture, Selection},
    text::{Document, Needs},
};

use super::Summariser;

/// Weighs the scores of a scorer by [`Furniture`] before the best are picked.
pub(super) struct ByScore {
    pub(super) summariser: Box<dyn Summariser>,
    pub(super) furniture: Furniture,
}

impl Summariser for ByScore {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let Some(scorer) = self.summariser.scorer() else {
            return self.summariser.summarise(document, budget);
        };
        let mut values = scorer.scores(document);
        let probabilities = document.sentences().iter().map(|it| it.furniture);
        self.furniture.weigh(&mut values, probabilities);
        Selection::best_first(values, document, budget)
    }

    fn needs(&self) -> Needs {
        self.furniture.needs(self.summariser.needs())
    }

    fn weight(&self, p: f32) -> f64 {
        self.furniture.weight(p)
    }
}
