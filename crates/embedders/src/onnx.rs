//! Models in the format ONNX that return a vector for each token.

use std::{fs, path::Path};

use epitome_base::embedding::{Embedder, Embeddings, TokenEmbeddings};
use rten::{Model, ModelOptions, NodeId};
use rten_tensor::{NdTensor, prelude::*};

use super::{embedder_error::EmbedderError, frame::Frame, tokeniser::ModelTokeniser};

/// A model with its tokeniser: the vector of a text is the mean of those of its tokens and
/// of the tokens that begin and end a sequence.
///
/// A text that is longer than the model reads is read in parts, each between such tokens,
/// and its vector is the mean over all of them. Texts are read one by one, so that the
/// vector of one does not depend on others.
pub(crate) struct OnnxModel {
    model: Model,
    tokeniser: ModelTokeniser,
    frame: Frame,
    inputs: Vec<(NodeId, Input)>,
    output: NodeId,
    width: usize,
    digest: String,
}

/// What a model is given for each token.
#[derive(Debug, Clone, Copy)]
enum Input {
    /// The number of the token.
    Ids,
    /// 1: the token counts.
    Mask,
    /// 0: the token is of the first of two texts.
    Kinds,
}

/// The names of inputs.
const INPUTS: [(&str, Input); 3] = [
    ("input_ids", Input::Ids),
    ("attention_mask", Input::Mask),
    ("token_type_ids", Input::Kinds),
];

/// The names of the output with a vector for each token.
const OUTPUTS: [&str; 2] = ["last_hidden_state", "token_embeddings"];

impl OnnxModel {
    /// Reads a folder with a `model.onnx` and a `tokenizer.json`.
    ///
    /// # Errors
    /// Returns an error if a file is missing or refused, the model has other inputs or
    /// outputs than models of tokens have, or it does not run.
    pub(crate) fn read(folder: &Path) -> Result<Self, EmbedderError> {
        let (path, words) = (folder.join("model.onnx"), folder.join("tokenizer.json"));
        let refuse = |problem: String| EmbedderError::file(&path, &problem);
        let bytes = fs::read(&path).map_err(|error| refuse(error.to_string()))?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&bytes);
        let tokeniser = ModelTokeniser::read(&words)?;
        hasher.update(&fs::read(&words).map_err(|it| EmbedderError::file(&words, &it))?);

        // texts are short: packing the weights again for each would take most of the time
        let mut options = ModelOptions::with_all_ops();
        let model = options.prepack_weights(true).load(bytes);
        let model = model.map_err(|error| refuse(one_line(&error)))?;
        let inputs = inputs_of(&model).map_err(refuse)?;
        let output = OUTPUTS.iter().find_map(|name| model.find_node(name));
        let output = output.ok_or_else(|| {
            refuse(format!(
                "the model has no output `{}`",
                OUTPUTS.join("` or `")
            ))
        })?;

        let mut found = Self {
            model,
            tokeniser,
            frame: Frame::read(&words)?,
            inputs,
            output,
            width: 0,
            digest: hasher.finalize().to_hex()[..16].to_owned(),
        };
        // the longest sequence of the last token: what runs on it runs on every text
        let last = found.tokeniser.size().saturating_sub(1) as u32;
        let probe = found.frame.around(&vec![last; found.frame.longest]);
        let states = found.states(&probe).map_err(|problem| {
            refuse(format!(
                "it does not run on what its tokenizer.json makes: {problem}"
            ))
        })?;
        found.width = states.shape()[2];
        if found.width == 0 || states.iter().any(|number| !number.is_finite()) {
            return Err(refuse("the model returns no finite vectors".to_owned()));
        }
        Ok(found)
    }

    /// Returns the vectors of the tokens of a sequence, as a tensor of 1 × tokens × width.
    fn states(&self, ids: &[u32]) -> Result<NdTensor<f32, 3>, String> {
        let inputs = self.inputs.iter().map(|(node, input)| {
            let numbers: Vec<i32> = match input {
                Input::Ids => ids.iter().map(|id| id.cast_signed()).collect(),
                Input::Mask => vec![1; ids.len()],
                Input::Kinds => vec![0; ids.len()],
            };
            let shape = [1, numbers.len()];
            (*node, NdTensor::from_data(shape, numbers).into())
        });
        let ran = self.model.run_n(inputs.collect(), [self.output], None);
        let [states] = ran.map_err(|error| one_line(&error))?;
        states.try_into().map_err(|error| one_line(&error))
    }

    /// Returns the vectors of the tokens of a text, with those that begin and end each of
    /// its parts.
    fn sequences(&self, ids: &[u32]) -> Vec<Embeddings> {
        let parts = ids.chunks(self.frame.longest);
        parts
            .map(|part| {
                let framed = self.frame.around(part);
                let states = self.states(&framed);
                // it ran on a longer sequence when it was read
                let states = states.expect("a model that ran once runs again");
                let mut vectors = Embeddings::of_width(self.width);
                for at in 0..framed.len() {
                    let row: Vec<f32> = states.slice((0, at)).iter().copied().collect();
                    vectors.push(&row);
                }
                vectors
            })
            .collect()
    }
}

/// Returns the inputs of a model, with what each is given.
fn inputs_of(model: &Model) -> Result<Vec<(NodeId, Input)>, String> {
    let inputs = model.input_ids().iter().map(|&node| {
        let info = model.node_info(node);
        let name = info
            .as_ref()
            .and_then(rten::NodeInfo::name)
            .unwrap_or_default();
        let known = INPUTS.iter().find(|(known, _)| *known == name);
        known
            .map(|(_, input)| (node, *input))
            .ok_or_else(|| format!("the model has an input `{name}`, which is not known"))
    });
    inputs.collect()
}

fn one_line(error: &impl ToString) -> String {
    error.to_string().replace('\n', " ")
}

impl Embedder for OnnxModel {
    fn signature(&self) -> String {
        let (width, longest) = (self.width, self.frame.longest);
        let digest = &self.digest;
        format!("onnx,width:{width},parts:{longest},blake3:{digest},pool:mean")
    }

    fn texts(&self, texts: &[&str]) -> Embeddings {
        let mut embedded = Embeddings::of_width(self.width);
        for text in texts {
            let mut all = Embeddings::of_width(self.width);
            for sequence in self.sequences(&self.tokeniser.ids(text)) {
                for at in 0..sequence.len() {
                    all.push(sequence.row(at));
                }
            }
            let rows: Vec<u32> = (0..all.len() as u32).collect();
            embedded.push(&all.mean(&rows));
        }
        embedded
    }

    fn tokens(&self, text: &str) -> TokenEmbeddings {
        let ids = self.tokeniser.ids(text);
        let mut vectors = Embeddings::of_width(self.width);
        let before = self.frame.before();
        for (sequence, part) in self
            .sequences(&ids)
            .iter()
            .zip(ids.chunks(self.frame.longest))
        {
            for at in 0..part.len() {
                vectors.push(sequence.row(before + at));
            }
        }
        TokenEmbeddings { ids, vectors }
    }
}
