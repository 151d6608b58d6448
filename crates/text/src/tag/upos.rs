//! The tag set.

/// A universal part of speech: the 17 `UPOS` tags of Universal Dependencies v2, in the
/// order of their names.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// *green, first*
    Adj,
    /// *in, of*; also *to* before a noun.
    Adp,
    /// *very, not, there*
    Adv,
    /// *has, is, would*
    Aux,
    /// *and, or*
    Cconj,
    /// *the, this, no*
    Det,
    /// *oh, yes, please*
    Intj,
    /// *bridge*
    Noun,
    /// *three, 1820*
    Num,
    /// *'s* as a word of its own; *to* before a verb.
    Part,
    /// *she, who, its*
    Pron,
    /// *Kim, Europe*
    Propn,
    /// Punctuation.
    Punct,
    /// *if, that* before a clause.
    Sconj,
    /// *%, $, +*
    Sym,
    /// *carries, carried, carrying*
    Verb,
    /// What fits nowhere else.
    X,
}

impl Tag {
    /// How many there are.
    pub const COUNT: usize = 17;

    /// Every tag.
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

    /// Its name in CoNLL-U.
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

    /// The tag called `name` in CoNLL-U.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.name() == name)
    }
}
