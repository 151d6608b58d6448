//! The set of tags.

/// A universal part of speech: one of the 17 `UPOS` tags of Universal Dependencies v2, in
/// the order of their names.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// An adjective: *green, first*.
    Adj,
    /// An adposition: *in, of*; also *to* before a noun.
    Adp,
    /// An adverb: *very, not, there*.
    Adv,
    /// An auxiliary: *has, is, would*.
    Aux,
    /// A coordinating conjunction: *and, or*.
    Cconj,
    /// A determiner: *the, this, no*.
    Det,
    /// An interjection: *oh, yes, please*.
    Intj,
    /// A noun: *bridge*.
    Noun,
    /// A numeral: *three, 1820*.
    Num,
    /// A particle: *'s* as a word of its own; *to* before a verb.
    Part,
    /// A pronoun: *she, who, its*.
    Pron,
    /// A proper noun: *Kim, Europe*.
    Propn,
    /// Punctuation.
    Punct,
    /// A subordinating conjunction: *if*, *that* before a clause.
    Sconj,
    /// A symbol: *%, $, +*.
    Sym,
    /// A verb: *carries, carried, carrying*.
    Verb,
    /// Anything else.
    X,
}

impl Tag {
    /// The number of tags.
    pub const COUNT: usize = 17;

    /// All tags, in the order of their numbers.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// Returns the name of the tag in CoNLL-U.
    pub fn name(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }

    /// Returns the tag called `name` in CoNLL-U, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.name() == name)
    }
}
