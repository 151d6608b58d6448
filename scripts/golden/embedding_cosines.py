"""Cosines of pairs of texts under the weights of `scripts/fetch-embedders`, computed by the tools
that they are made for: tokenizers, numpy and onnxruntime. The table in
tests/it/conformance/embedders.rs is its output.

    python3 scripts/golden/embedding_cosines.py FOLDER      (needs tokenizers, numpy, safetensors, onnxruntime)
"""

import sys

import numpy as np
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

PAIRS = [
    ("The river rose two metres overnight.", "The flood closed the old stone bridge."),
    ("A whale swam into the harbour.", "Biologists said that the animal was healthy."),
    ("A whale swam into the harbour.", "A whale swam into the harbor!"),
    ("keyphrase extraction", "extracting keywords from documents"),
    ("quantum chromodynamics", "recipes for apple pie"),
    ("L'état de la ville", "the state of the city"),
    ("café 3.5 °C — naïve", "橋が閉じた"),
    ("word " * 400, "words of a long text"),
]


def cosine(a, b):
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def table(folder):
    weights = load_file(f"{folder}/model.safetensors")["embedding.weight"].astype(np.float64)
    tokens = Tokenizer.from_file(f"{folder}/tokenizer.json")
    return lambda text: weights[tokens.encode(text, add_special_tokens=False).ids].mean(axis=0)


def model(folder):
    session = onnxruntime.InferenceSession(f"{folder}/model.onnx")
    tokens = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokens.no_truncation()
    tokens.no_padding()

    def embed(text):
        # epitome reads a longer text in parts of 126 tokens
        ids = tokens.encode(text, add_special_tokens=False).ids
        rows = []
        for at in range(0, len(ids), 126):
            part = np.array([[101, *ids[at : at + 126], 102]])
            (states,) = session.run(["last_hidden_state"], {
                "input_ids": part,
                "attention_mask": np.ones_like(part),
                "token_type_ids": np.zeros_like(part),
            })
            rows.extend(states[0])
        return np.mean(rows, axis=0)

    return embed


for name, embed in [("wordllama", table), ("minilm", model)]:
    embed = embed(f"{sys.argv[1]}/{name}")
    print(name, [round(cosine(embed(a), embed(b)), 6) for a, b in PAIRS])
