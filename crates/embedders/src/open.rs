//! Reads what a declaration names.

use std::{path::Path, sync::Arc};

use epitome_base::embedding::{Embedder, NamedEmbedder};
use epitome_plugin::PluginOptions;

use super::{
    declaration::{Declaration, EmbedderSource},
    embedder_error::EmbedderError,
    words,
};

/// Reads an embedder, or starts the program that it is. `options` apply to programs.
///
/// # Errors
/// Returns an error if a file of it is missing or refused, this program was built without
/// what reads it, or its program does not start.
pub fn open(
    declaration: &Declaration,
    options: &PluginOptions,
) -> Result<NamedEmbedder, EmbedderError> {
    let embedder = match &declaration.source {
        EmbedderSource::Static(path) if path.is_dir() => tokens(path)?,
        EmbedderSource::Static(path) => Arc::new(words::read(path)?),
        EmbedderSource::Onnx(folder) => model(&declaration.name, folder)?,
        EmbedderSource::Plugin(path) => epitome_plugin::Declaration::read(path)?
            .open_embedder(&declaration.name, options)?,
    };
    Ok(NamedEmbedder {
        name: declaration.name.clone(),
        embedder,
    })
}

#[cfg(feature = "tokeniser")]
fn tokens(folder: &Path) -> Result<Arc<dyn Embedder>, EmbedderError> {
    Ok(Arc::new(super::token_table::TokenTable::read(folder)?))
}

#[cfg(not(feature = "tokeniser"))]
fn tokens(_: &Path) -> Result<Arc<dyn Embedder>, EmbedderError> {
    Err(EmbedderError::NotBuilt {
        what: "tables of tokens",
        feature: "tokeniser",
    })
}

#[cfg(feature = "onnx")]
fn model(name: &str, folder: &Path) -> Result<Arc<dyn Embedder>, EmbedderError> {
    Ok(Arc::new(super::onnx::OnnxModel::read(name, folder)?))
}

#[cfg(not(feature = "onnx"))]
fn model(_: &str, _: &Path) -> Result<Arc<dyn Embedder>, EmbedderError> {
    Err(EmbedderError::NotBuilt {
        what: "models in the format ONNX",
        feature: "onnx",
    })
}
