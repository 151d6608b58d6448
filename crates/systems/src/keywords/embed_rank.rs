//! EmbedRank: phrases whose vectors are near that of the document.

use epitome_base::{
    embedding::{Embeddings, NamedEmbedder},
    spec::{Choice, Entry, Parameter, ParameterKind, Params},
};
use epitome_text::{AnalysisNeeds, CorpusView, Document};

use super::{
    candidates::{Candidates, with_candidates},
    embedded::{EmbeddedCandidates, signature},
    extractor::KeywordExtractor,
    keyphrase::Keyphrase,
    mmr::picks,
};

const DOCUMENT: &Choice<bool, 2> = &Choice::new(
    "document",
    [("content", true), ("text", false)],
    "what the vector of the document is of: its nouns and adjectives, or its text",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "embed-rank",
    about: "cosine of a phrase's vector to that of the document",
    source: "Bennani-Smires, Musat, Hossmann, Baeriswyl & Jaggi (2018), Simple unsupervised keyphrase extraction using sentence embeddings, CoNLL",
    parameters: &with_candidates::<3, 11>([
        Parameter::EMBEDDER,
        Parameter {
            name: "diversity",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0",
            about: "weight of unlikeness to better phrases, the paper's 1 − λ; 0.5 is EmbedRank++",
        },
        DOCUMENT.parameter(),
    ]),
    build: |params| Box::new(EmbedRank::from(params)),
};

/// EmbedRank, and with a `diversity` above 0 EmbedRank++.
///
/// ```text
/// EmbedRank    score(c) = cos(c, document)
/// EmbedRank++  next pick = argmax (1 − diversity) n(c, document) − diversity max_{p ∈ picks} n(c, p)
///              n(c, x) = ½ + (cos(c, x) − mean) / σ
/// ```
///
/// The mean and σ are over the candidates for the document, and over the other candidates
/// for a pick. The vector of the document is that of its nouns and adjectives (without
/// parts of speech: of its content words), in the order of the text. `O(C)` cosines for
/// `C` candidates, and `O(C²)` with diversity.
///
/// Bennani-Smires et al. (2018), equations 1 to 3. They first subtract the least cosine
/// and divide by the largest, which `n` cancels out.
#[derive(Debug, Clone)]
pub struct EmbedRank {
    /// The source of the vectors.
    pub embedder: NamedEmbedder,
    /// The weight of unlikeness to better phrases, 1 − λ.
    pub diversity: f64,
    /// Whether the vector of the document is that of its nouns and adjectives, not of its
    /// text.
    pub content: bool,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

impl From<&Params> for EmbedRank {
    fn from(params: &Params) -> Self {
        Self {
            embedder: params.embedder(),
            diversity: params.number("diversity"),
            content: params.choice(DOCUMENT),
            candidates: Candidates::from(params),
        }
    }
}

impl KeywordExtractor for EmbedRank {
    fn extract(
        &self,
        document: &Document,
        _: &CorpusView,
        limit: usize,
    ) -> Vec<Keyphrase> {
        let text = match self.content {
            true => self.candidates.eligible_text(document),
            false => document.readable_text(),
        };
        let found =
            EmbeddedCandidates::new(&self.embedder, &self.candidates, document, &text);
        found.keyphrases(document, &self.picks(&found, limit))
    }

    fn needs(&self) -> AnalysisNeeds {
        self.candidates.needs()
    }

    fn signature(&self, document: &Document, _: &CorpusView) -> String {
        signature(&self.candidates, document, &self.embedder)
    }
}

impl EmbedRank {
    fn picks(&self, found: &EmbeddedCandidates, limit: usize) -> Vec<(usize, f64)> {
        if self.diversity == 0.0 {
            return picks(&found.relevance, 0.0, limit, |_, _| 0.0);
        }

        let spread = Spread::of(found.relevance.iter().copied());
        let relevance: Vec<f64> = found
            .relevance
            .iter()
            .map(|it| spread.normalised(*it))
            .collect();
        let spreads: Vec<Spread> = (0..found.len())
            .map(|at| Spread::of(cosines_to_others(&found.vectors, at)))
            .collect();
        picks(&relevance, self.diversity, limit, |at, pick| {
            spreads[at].normalised(found.vectors.cosine(at, &found.vectors, pick))
        })
    }
}

fn cosines_to_others(vectors: &Embeddings, at: usize) -> impl Iterator<Item = f64> {
    let others = (0..vectors.len()).filter(move |other| *other != at);
    others.map(move |other| vectors.cosine(at, vectors, other))
}

/// The mean and the standard deviation of numbers.
struct Spread {
    mean: f64,
    deviation: f64,
}

impl Spread {
    fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let numbers: Vec<f64> = numbers.collect();
        let count = numbers.len().max(1) as f64;
        let mean = numbers.iter().sum::<f64>() / count;
        let squares = numbers.iter().map(|number| (number - mean).powi(2));
        let deviation = (squares.sum::<f64>() / count).sqrt();
        Self { mean, deviation }
    }

    /// Returns ½ plus the distance from the mean in standard deviations; ½ if all numbers
    /// are the same.
    fn normalised(&self, number: f64) -> f64 {
        match self.deviation > 0.0 {
            true => 0.5 + (number - self.mean) / self.deviation,
            false => 0.5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::{embedder, english};

    fn found(diversity: f64, text: &str) -> Vec<(String, f64)> {
        let extractor = EmbedRank {
            embedder: embedder(),
            diversity,
            content: true,
            candidates: Candidates::runs(3),
        };
        let found = extractor.extract(&english(text), &CorpusView::none(), 9);
        found.into_iter().map(|it| (it.text, it.score)).collect()
    }

    #[test]
    fn the_phrase_in_the_direction_of_the_document_is_best() {
        // whale, sea and ship are axes: the document is (2, 0, 1) over 3
        let found = found(0.0, "A whale. The whale. A ship. A cup.");
        let cosines = [2.0 / 5.0_f64.sqrt(), 1.0 / 5.0_f64.sqrt(), 0.0];
        for ((text, score), (wanted, cosine)) in found
            .iter()
            .zip(["whale", "ship", "cup"].iter().zip(cosines))
        {
            assert_eq!(text, wanted);
            assert!((score - cosine).abs() < 1e-6, "{text}: {score} {cosine}");
        }
    }

    #[test]
    fn a_phrase_like_the_best_one_waits() {
        let text = "A whale. The whale. A big whale. A ship.";
        let order = |diversity| -> Vec<String> {
            found(diversity, text).into_iter().map(|it| it.0).collect()
        };
        assert_eq!(order(0.0), ["whale", "big whale", "ship"]);
        assert_eq!(order(0.9), ["whale", "ship", "big whale"]);
    }

    #[test]
    fn an_empty_document_has_no_phrase() {
        assert!(found(0.5, "").is_empty() && found(0.0, "").is_empty());
    }
}
