//! Participles that modify a noun: *entangled states*, *a rotating device*.

use std::borrow::Cow;

use epitome_base::spec::{Choice, Parameter, ParameterKind};
use epitome_text::{Document, Tag};

/// The part of speech of participles before nouns. Universal Dependencies call most of them verbs, the
/// tags of the Penn Treebank adjectives or verbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Participles {
    /// That of the tags.
    #[default]
    AsTagged,
    /// Adjective, where no verb with an object is expected: *of entangled states* and *a
    /// rotating device*, but not *for solving problems* and *we proposed new methods*.
    Adjectives,
}

/// The parameter that selects the part of speech of participles, for the forms that depend on them.
pub(super) const PARAMETER: Parameter = Parameter {
    kind: ParameterKind::When(
        "candidates",
        &["noun-phrases", "content-runs"],
        &PARTICIPLES.parameter().kind,
    ),
    ..PARTICIPLES.parameter()
};

/// What the parameter may be, whatever the form.
pub(super) const PARTICIPLES: &Choice<Participles, 2> = &Choice::new(
    "participles",
    [
        ("as-tagged", Participles::AsTagged),
        ("adjectives", Participles::Adjectives),
    ],
    "part of speech of participles before nouns: that of the tags, mostly verb, or adjective (`of entangled states`, `a rotating device`)",
);

impl Participles {
    /// Returns the parts of speech of a document in which participles have the one that is selected.
    /// Takes time linear in the tokens.
    pub(super) fn of<'d>(
        self,
        document: &Document,
        mut tags: Cow<'d, [Tag]>,
    ) -> Cow<'d, [Tag]> {
        if self == Self::AsTagged {
            return tags;
        }

        // from the right, since a participle may stand before another
        for at in (0..tags.len().saturating_sub(1)).rev() {
            let is_before_a_term =
                matches!(tags[at + 1], Tag::Adj | Tag::Noun | Tag::Propn)
                    && document.goes_on(at + 1);
            if tags[at] == Tag::Verb
                && is_before_a_term
                && may_modify(document, &tags, at)
            {
                tags.to_mut()[at] = Tag::Adj;
            }
        }
        tags
    }

    /// What a signature says of it: nothing of what is usual.
    pub(super) fn signature(self) -> &'static str {
        match self {
            Self::AsTagged => "",
            Self::Adjectives => "|participles:adjectives",
        }
    }
}

/// Returns whether a verb has the form of a participle and no verb with an object is expected at its
/// place. A past participle may begin a text or line and may come after an adposition or a mark; a
/// present one may not: *by learning rules*.
fn may_modify(document: &Document, tags: &[Tag], verb: usize) -> bool {
    let word = document.tokens()[verb].span.of(document.full_text());
    let before = (verb > 0 && document.goes_on(verb)).then(|| tags[verb - 1]);
    let is_inside = matches!(before, Some(Tag::Det | Tag::Adj | Tag::Num));
    let may_begin = matches!(before, None | Some(Tag::Adp | Tag::Punct));

    is_inside && word.ends_with("ing") || (is_inside || may_begin) && word.ends_with("ed")
}
