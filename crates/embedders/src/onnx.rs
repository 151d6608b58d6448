//! Models in the format ONNX that return a vector for each token.

use std::{fs, panic::resume_unwind, path::Path};

use epitome_base::embedding::{Embedder, EmbedderFailure, Embeddings, TokenEmbeddings};
use rten::{DataType, Model, ModelOptions, NodeId, ValueType};
use rten_tensor::{NdTensor, prelude::*};

use super::{embedder_error::EmbedderError, frame::Frame, tokeniser::ModelTokeniser};

/// A model with its tokeniser: the vector of a text is the mean of those of its tokens and
/// of the tokens that begin and end a sequence.
///
/// A text that is longer than the model reads is read in parts, each between such tokens,
/// and its vector is the mean over all of them. Texts are read one by one, so that the
/// vector of one does not depend on others. A text that the model does not run on is a failure
/// of the embedder.
pub(crate) struct OnnxModel {
    name: String,
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
    /// Reads a folder with a `model.onnx` and a `tokenizer.json`, which specs call `name`.
    ///
    /// # Errors
    /// Returns an error if a file is missing or refused, the model has other inputs or
    /// outputs than models of tokens have, or it does not run on a sequence of one token or
    /// on the longest.
    pub(crate) fn read(name: &str, folder: &Path) -> Result<Self, EmbedderError> {
        let (path, words) = (folder.join("model.onnx"), folder.join("tokenizer.json"));
        let refuse = |problem: String| EmbedderError::file(&path, &problem);
        let bytes = fs::read(&path).map_err(|error| refuse(error.to_string()))?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&bytes);
        let tokeniser = ModelTokeniser::read(&words)?;
        hasher.update(&fs::read(&words).map_err(|it| EmbedderError::file(&words, &it))?);

        check_whole(&bytes).map_err(refuse)?;

        // texts are short: packing the weights again for each would take most of the time
        let mut options = ModelOptions::with_all_ops();
        let model = options.prepack_weights(true).load(bytes);
        let model = model.map_err(|error| {
            refuse(format!("no model in the format ONNX: {}", one_line(&error)))
        })?;
        let inputs = inputs_of(&model).map_err(refuse)?;
        let output = output_of(&model).map_err(refuse)?;

        let mut found = Self {
            name: name.to_owned(),
            model,
            tokeniser,
            frame: Frame::read(&words)?,
            inputs,
            output,
            width: 0,
            digest: hasher.finalize().to_hex()[..16].to_owned(),
        };
        let last = found.tokeniser.size().saturating_sub(1) as u32;
        for count in [found.frame.longest, 1] {
            let probe = found.frame.around(&vec![last; count]);
            let states = found.states(&probe).map_err(|problem| {
                refuse(format!(
                    "it does not run on {count} times the last token of its tokenizer.json, {last}: {problem}"
                ))
            })?;
            found.width = states.shape()[2];
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

        let kind = states.dtype();
        if kind != ValueType::Tensor(DataType::Float) {
            return Err(format!("its output is {kind}, not tensor(f32)"));
        }
        let (found, tokens) = (states.shape().to_vec(), ids.len());
        let width = match found[..] {
            [1, rows, width] if rows == tokens && width > 0 => width,
            _ => {
                return Err(format!(
                    "its output has the shape {found:?}, not [1, {tokens}, width]"
                ));
            }
        };
        if self.width != 0 && width != self.width {
            let wanted = self.width;
            return Err(format!(
                "its vectors have {width} numbers, and {wanted} before"
            ));
        }
        let states: NdTensor<f32, 3> = states.try_into().map_err(|it| one_line(&it))?;
        match states.iter().find(|number| !number.is_finite()) {
            Some(number) => Err(format!("its output contains {number}")),
            None => Ok(states),
        }
    }

    /// Returns the vectors of the tokens of a text, with those that begin and end each of
    /// its parts. Unwinds with the failure of the embedder if the model does not run on it.
    fn sequences(&self, ids: &[u32]) -> Vec<Embeddings> {
        let parts = ids.chunks(self.frame.longest);
        parts
            .map(|part| {
                let framed = self.frame.around(part);
                let states = self.states(&framed).unwrap_or_else(|problem| {
                    resume_unwind(Box::new(EmbedderFailure::of(&self.name, &problem)))
                });
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

/// Checks that the fields of a file in the encoding of protocol buffers end where the file
/// ends: the runtime reads a file that is cut as far as it goes.
fn check_whole(bytes: &[u8]) -> Result<(), String> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = bytes.len() - rest.len();
        rest = after_field(rest).ok_or_else(|| {
            let count = bytes.len();
            format!(
                "the file is cut, or no model in the format ONNX: its field at byte {at} does not end within its {count} bytes"
            )
        })?;
    }
    Ok(())
}

/// Returns what follows the first field; `None` if it does not end, or is none.
fn after_field(bytes: &[u8]) -> Option<&[u8]> {
    let (tag, rest) = number(bytes)?;
    let length = match tag & 7 {
        0 => return number(rest).map(|(_, rest)| rest),
        1 => 8,
        2 => {
            let (length, rest) = number(rest)?;
            return rest.get(usize::try_from(length).ok()?..);
        }
        5 => 4,
        _ => return None,
    };
    rest.get(length..)
}

/// Returns the number that bytes begin with, seven bits in each, and what follows it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let end = bytes.iter().take(10).position(|byte| byte & 128 == 0)?;
    let (digits, rest) = bytes.split_at(end + 1);
    let number = digits
        .iter()
        .rev()
        .fold(0_u64, |number, byte| number << 7 | u64::from(byte & 127));
    Some((number, rest))
}

/// Returns the inputs of a model, with what each is given; one of them is the tokens.
fn inputs_of(model: &Model) -> Result<Vec<(NodeId, Input)>, String> {
    let mut inputs = Vec::new();
    for &node in model.input_ids() {
        let name = name_of(model, node);
        let known = INPUTS.iter().find(|(known, _)| *known == name);
        let (_, input) = known.ok_or_else(|| {
            let known = INPUTS.map(|(name, _)| name).join("`, `");
            format!(
                "the model has an input `{name}`, and inputs that are known are `{known}`"
            )
        })?;
        inputs.push((node, *input));
    }

    let (tokens, _) = INPUTS[0];
    match inputs.iter().any(|(_, input)| matches!(input, Input::Ids)) {
        true => Ok(inputs),
        false => Err(format!("the model has no input `{tokens}`")),
    }
}

/// Returns the output with a vector for each token.
fn output_of(model: &Model) -> Result<NodeId, String> {
    let outputs = model.output_ids();
    let named = |wanted: &&str| {
        let mut outputs = outputs.iter().copied();
        outputs.find(|node| name_of(model, *node) == *wanted)
    };
    OUTPUTS.iter().find_map(named).ok_or_else(|| {
        let found: Vec<String> = outputs.iter().map(|it| name_of(model, *it)).collect();
        format!(
            "the model has the outputs `{}`, and none is `{}`",
            found.join("`, `"),
            OUTPUTS.join("` or `")
        )
    })
}

/// Returns the name of an input or output; empty if it has none.
fn name_of(model: &Model, node: NodeId) -> String {
    let info = model.node_info(node);
    let name = info.as_ref().and_then(rten::NodeInfo::name);
    name.unwrap_or_default().to_owned()
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
