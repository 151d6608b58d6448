//! The parameter `position` of all summarisers that score sentences.

use crate::rank::Position;
use epitome_base::spec::{Params, Shared};
use epitome_text::{AnalysisNeeds, Document};

use super::summariser::{SentenceScorer, Summariser, TooLong};

/// The parameter that every [`SentenceScorer`] has in addition to its own.
pub(super) const SHARED: Shared<dyn Summariser> = Shared {
    parameters: &[Position::PARAMETER],
    applies: |summariser| summariser.scorer().is_some(),
    apply: |summariser, params| ByPosition::of(summariser, params),
};

/// A summariser whose scores are weighed by [`Position`].
struct ByPosition {
    summariser: Box<dyn Summariser>,
    position: Position,
}

impl ByPosition {
    fn of(summariser: Box<dyn Summariser>, params: &Params) -> Box<dyn Summariser> {
        let position = Position::from(params);
        match position.is_none() {
            true => summariser,
            false => Box::new(Self {
                summariser,
                position,
            }),
        }
    }
}

impl SentenceScorer for ByPosition {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let inner = self
            .summariser
            .scorer()
            .expect("it applies to scorers only");
        let mut scores = inner.scores(document);
        self.position.weigh(&mut scores);
        scores
    }

    fn with_query(&self, query: &str) -> Option<Box<dyn Summariser>> {
        let summariser = self.summariser.with_query(query)?;
        Some(Box::new(Self {
            summariser,
            position: self.position,
        }))
    }

    fn needs(&self) -> AnalysisNeeds {
        Summariser::needs(self.summariser.as_ref())
    }

    fn most_sentences(&self) -> Option<usize> {
        Summariser::most_sentences(self.summariser.as_ref())
    }

    fn most_steps(&self) -> Option<u64> {
        Summariser::most_steps(self.summariser.as_ref())
    }

    fn refusal(&self, document: &Document) -> Option<TooLong> {
        Summariser::refusal(self.summariser.as_ref(), document)
    }
}

#[cfg(test)]
mod tests {
    use crate::rank::{Budget, testing::lines};
    use crate::summarise::Summariser;
    use crate::summarise::{SHARED, SUMMARISERS};
    use epitome_base::{
        embedding::Embedders,
        spec::{self, Built, SpecError},
    };

    fn built(system: &str) -> Result<Built<dyn Summariser>, SpecError> {
        let (spec, none) = (system.parse()?, Embedders::default());
        spec::build_with("summariser", SUMMARISERS, SHARED, &none, &spec)
    }

    fn picked(system: &str) -> Vec<u32> {
        let text =
            "whales sing\nwhales sing songs\nwhales sing songs of ships and salt\n";
        let built = built(system).unwrap();
        built
            .value
            .summarise(&lines(text), Budget::Sentences(2))
            .picks
    }

    #[test]
    fn the_stronger_the_prior_the_earlier_the_picks() {
        assert_eq!(picked("longest"), [2, 1]);
        assert_eq!(picked("longest(position=5)"), [0, 1]);
    }

    #[test]
    fn what_has_no_scores_takes_no_prior() {
        let built = built("lead(position=1)");
        insta::assert_snapshot!(
            built.err().unwrap().to_string(),
            @"`lead` takes no parameter `position`"
        );
    }
}
