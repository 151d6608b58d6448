//! What summarisers do about page furniture, in one place for all of them.

use crate::{
    rank::Furniture,
    spec::{Params, Shared},
};

use super::{Summariser, by_choice::ByChoice, by_score::ByScore};

/// What every summariser takes that [reads](Summariser::reads) what sentences say.
///
/// Scores are weighed ([`ByScore`]); a method that chooses one sentence after the other
/// has none, and is given the document without its furniture ([`ByChoice`]).
pub(super) const SHARED: Shared<dyn Summariser> = Shared {
    parameters: &[Furniture::PARAMETER],
    applies: |summariser| summariser.reads(),
    apply,
};

fn apply(summariser: Box<dyn Summariser>, params: &Params) -> Box<dyn Summariser> {
    let furniture = Furniture::from(params);
    match summariser.scorer() {
        Some(_) => Box::new(ByScore { summariser, furniture }),
        None => Box::new(ByChoice { summariser, furniture }),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        rank::Budget,
        registry::Registry,
        spec::{self, Spec},
        text::{Analyser, Document, Segmenter, Source},
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

    fn document(text: &str) -> Document {
        let language = "en".parse().unwrap();
        let segmenter = Segmenter::Own;
        Analyser::default().analyse(Source {
            id: "",
            title: "",
            text,
            language,
            segmenter,
        })
    }

    fn spec(text: &str) -> Spec {
        text.parse().unwrap()
    }

    fn picked(system: &str, budget: Budget) -> Vec<u32> {
        let built = Registry::standard().summariser(&system.parse().unwrap()).unwrap();
        built.value.summarise(&document(PAGE), budget).picks
    }

    #[test]
    fn a_plea_that_scores_best_is_picked_only_when_furniture_is_kept() {
        let first = |system| picked(system, Budget::Sentences(1))[0];
        assert_eq!(first("tf-idf(furniture=keep)"), 4);
        assert!(first("tf-idf(furniture=prior)") < 4);
        assert!(first("tf-idf(furniture=mask)") < 4);
    }

    #[test]
    fn whatever_reads_picks_furniture_only_when_nothing_else_is_left() {
        let registry = Registry::standard();
        for entry in registry.summarisers() {
            let plain = spec::build("summariser", &[*entry], &spec(entry.name)).unwrap();
            // the prior is soft on scores: furniture may pass a sentence of the lowest
            let strict: &[&str] = match plain.value.scorer() {
                _ if !plain.value.reads() => &[],
                Some(_) => &["mask"],
                None => &["mask", "prior"],
            };
            for furniture in strict {
                let system = format!("{}(furniture={furniture})", entry.name);
                let picks = picked(&system, Budget::Sentences(4));
                assert!(picks.iter().all(|&pick| pick < 4), "{system}: {picks:?}");
                assert_eq!(picked(&system, Budget::Sentences(6)).len(), 6, "{system}");
            }
        }
    }

    #[test]
    fn a_choice_among_what_is_kept_is_that_of_the_text_without_furniture() {
        let page = document(PAGE);
        let is_kept = |at: &usize| page.sentences()[*at].furniture < 0.5;
        let kept: Vec<usize> = (0..page.sentences().len()).filter(is_kept).collect();
        let lines = kept.iter().flat_map(|&at| [page.sentence_text(at), "\n"]);
        let report: String = lines.collect();
        assert!(kept.len() > 2 && kept.iter().all(|&at| at < 4), "{kept:?}");
        for system in
            ["mmr", "sum-basic", "kl-sum", "submodular", "concepts", "grasshopper"]
        {
            let keep = format!("{system}(furniture=keep)");
            let built = Registry::standard().summariser(&keep.parse().unwrap()).unwrap();
            let alone = built.value.summarise(&document(&report), Budget::Sentences(2));
            let masked =
                picked(&format!("{system}(furniture=mask)"), Budget::Sentences(2));
            let alone: Vec<u32> =
                alone.picks.iter().map(|&pick| kept[pick as usize] as u32).collect();
            assert_eq!(masked, alone, "{system}");
        }
    }
}
