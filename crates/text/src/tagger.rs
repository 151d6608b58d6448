//! The sources of a document's parts of speech. Each is a file of this module.
//!
//! To add one, write its file and add it to [`TAGGERS`]: the parameter `tagger` of every
//! extractor that weighs candidates then accepts its name.

mod english;
mod pretagged;
mod source;
mod untagged;

pub use source::Tagger;

/// All sources; the usual one is the first.
pub const TAGGERS: [&dyn Tagger; 3] = [
    &english::English,
    &pretagged::Pretagged,
    &untagged::Untagged,
];

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::{
        Analyser, AnalysisNeeds, Document, LineEnds, LooseWord, Segmenter, Source, Tag,
        TaggedText,
    };

    fn tags(document: &Document) -> Vec<Option<Vec<Tag>>> {
        let tags = |tagger: &&dyn Tagger| tagger.tags(document).map(Cow::into_owned);
        TAGGERS.iter().map(tags).collect()
    }

    #[test]
    fn each_source_has_its_own_word_on_the_same_text() {
        let word = |form: &str, tag| {
            let form = form.to_owned();
            LooseWord {
                form,
                tag,
                is_joined: false,
            }
        };
        let words = vec![word("old", Tag::X), word("bridges", Tag::Verb)];
        let text = TaggedText::joined(&[words]);
        let mut analyser = Analyser::new(AnalysisNeeds { tags: true });
        let document = analyser.analyse_tagged("d", "en".parse().unwrap(), &text);
        let own = vec![Tag::Adj, Tag::Noun];
        assert_eq!(
            tags(&document),
            [Some(own), Some(vec![Tag::X, Tag::Verb]), None]
        );
    }

    #[test]
    fn a_language_without_a_tagger_has_no_tags_but_those_it_brings() {
        let (language, segmenter) = ("de".parse().unwrap(), Segmenter::Own);
        let source = Source {
            id: "d",
            title: "",
            text: "Alte Brücken.",
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        };
        let document = Analyser::new(AnalysisNeeds { tags: true }).analyse(source);
        assert_eq!(tags(&document), [None, None, None]);
    }
}
