//! Importers: they turn public corpora in the formats of their authors into JSON Lines.
//! Each format is a file of this module and an entry of [`FORMATS`].
//!
//! An importer sees a [`Tree`] (a folder or an archive, which is never unpacked to disk)
//! and passes records on as it reads them. It counts what it cannot use and names the
//! place.

mod ake;
mod basse;
mod brat;
mod cnndm_stories;
mod conllu;
mod core_nlp;
mod cstnews;
mod decode;
mod dialogsum;
mod duc;
mod error;
mod fewsum;
mod fields;
mod findings;
mod format;
mod inspec;
mod intake;
mod klexikon;
mod known;
mod kpcrowd;
mod legal_plain;
mod liaad;
mod markup;
mod multi_summeval;
mod nus;
mod opinosis;
mod pairs;
mod parallel_folders;
#[cfg(feature = "parquet")]
mod parquet;
mod qmsum;
mod realsumm;
mod records;
mod references;
mod scientific_papers;
mod scisummnet;
mod scitldr;
mod see;
mod semeval2010;
mod squad;
mod summeval;
mod table;
mod taln;
mod temario;
mod tree;
mod vietnamese_mds;

pub use error::ImportError;
pub use findings::{ImportFindings, Split};
pub use format::ImportFormat;
pub use intake::{ImportOptions, Intake, Item};
pub use tree::{ImportLimits, Tree};

pub(crate) use decode::{decode, is_utf16};
pub(crate) use fields::plain_list;
pub(crate) use markup::without_tags;

/// All formats. The first that fits is used, so narrow formats come before wide ones.
pub const FORMATS: &[&ImportFormat] = &[
    &conllu::FORMAT,
    &core_nlp::FORMAT,
    &inspec::FORMAT,
    &semeval2010::FORMAT,
    &ake::FORMAT,
    &brat::FORMAT,
    &liaad::FORMAT,
    &kpcrowd::FORMAT,
    &nus::FORMAT,
    &taln::FORMAT,
    &cnndm_stories::FORMAT,
    &see::FORMAT,
    &duc::FORMAT,
    &opinosis::FORMAT,
    &fewsum::FORMAT,
    &temario::FORMAT,
    &cstnews::FORMAT,
    &klexikon::FORMAT,
    &vietnamese_mds::FORMAT,
    &scisummnet::FORMAT,
    &qmsum::FORMAT,
    &squad::FORMAT,
    &legal_plain::FORMAT,
    &summeval::FORMAT,
    &basse::FORMAT,
    &realsumm::FORMAT,
    &multi_summeval::FORMAT,
    &scitldr::FORMAT,
    &scientific_papers::FORMAT,
    &dialogsum::FORMAT,
    #[cfg(feature = "parquet")]
    &parquet::FORMAT,
    &records::FORMAT,
    &table::FORMAT,
    &pairs::FORMAT,
    &parallel_folders::FORMAT,
];
