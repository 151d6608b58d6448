//! A summariser that chooses one sentence after the other, told what to do about
//! furniture.

use crate::{
    rank::{Budget, Furniture, Selection},
    text::{Document, Needs},
};

use super::Summariser;

/// Shows a summariser the document without the sentences that are taken for furniture.
///
/// What a choice is worth depends on the choices before it, so there is no score of a
/// sentence to weigh; and these methods take their idea of the document from all its
/// words. So the sentences that [`Furniture::drops`] are gone for the method, words and
/// all, and follow in order only when everything else was picked.
pub(super) struct ByChoice {
    pub(super) summariser: Box<dyn Summariser>,
    pub(super) furniture: Furniture,
}

impl Summariser for ByChoice {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let sentences = document.sentences();
        let keeps = |at: &u32| !self.furniture.drops(sentences[*at as usize].furniture);
        let kept: Vec<u32> = (0..sentences.len() as u32).filter(keeps).collect();
        if kept.len() == sentences.len() || kept.is_empty() {
            return self.summariser.summarise(document, budget);
        }
        let part = document.keeping(|sentence| !self.furniture.drops(sentence.furniture));
        let selection = self.summariser.summarise(&part, budget.of_whole(document));
        let picks = selection.picks.into_iter().map(|pick| kept[pick as usize]).collect();
        let mut texts: Vec<&str> =
            kept.iter().map(|&at| document.sentence_text(at as usize)).collect();
        texts.sort_unstable();
        texts.dedup();
        let selection = Selection { picks, scores: None };
        if selection.picks.len() < texts.len() {
            return selection;
        }
        let rest = (0..sentences.len() as u32).filter(|at| !keeps(at));
        let order = selection.picks.into_iter().chain(rest);
        Selection::in_order(order, document, budget)
    }

    fn needs(&self) -> Needs {
        self.furniture.needs(self.summariser.needs())
    }

    fn weight(&self, p: f32) -> f64 {
        if self.furniture.drops(p) { 0.0 } else { 1.0 }
    }
}
