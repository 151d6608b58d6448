//! A summariser that is nothing but scores, told what to do about furniture.

use crate::{
    rank::{Budget, Furniture, Selection},
    spec::{Params, Shared},
    text::{Document, Needs},
};

use super::Summariser;

/// What every summariser takes that is a [`SentenceScorer`](super::SentenceScorer).
pub const SHARED: Shared<dyn Summariser> = Shared {
    parameters: &[Furniture::PARAMETER],
    applies: |summariser| summariser.scorer().is_some(),
    apply: |summariser, params| Box::new(ByScore::new(summariser, params)),
};

/// Weighs the scores of a scorer by [`Furniture`] before the best are picked.
struct ByScore {
    summariser: Box<dyn Summariser>,
    furniture: Furniture,
}

impl ByScore {
    fn new(summariser: Box<dyn Summariser>, params: &Params) -> Self {
        Self { summariser, furniture: Furniture::from(params) }
    }
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
        self.summariser.needs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        registry::Registry,
        text::{Analyser, Segmenter, Source},
    };

    /// Four lines of a report, and a long plea of words that nothing else has.
    const PAGE: &str = "\
The bridge over the river will stay shut until autumn, the council said on Tuesday.
Divers found a second crack in one of the piers of the bridge over the river.
The council expects that repairs of the bridge will cost two million pounds.
Shops on the east bank of the river say that trade has collapsed since May.
Sign up for our free newsletter, follow us on Facebook, join our community of members, \
subscribe to unlimited digital access, donate monthly, share this story with friends
Thank you for your support
";

    fn picked(system: &str) -> u32 {
        let language = "en".parse().unwrap();
        let segmenter = Segmenter::Own;
        let source = Source { id: "", title: "", text: PAGE, language, segmenter };
        let document = Analyser::default().analyse(source);
        let built = Registry::standard().summariser(&system.parse().unwrap()).unwrap();
        built.value.summarise(&document, Budget::Sentences(1)).picks[0]
    }

    #[test]
    fn a_plea_that_scores_best_is_picked_only_when_furniture_is_kept() {
        assert_eq!(picked("tf-idf(furniture=keep)"), 4);
        assert!(picked("tf-idf(furniture=prior)") < 4);
        assert!(picked("tf-idf(furniture=mask)") < 4);
    }
}
