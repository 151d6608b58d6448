"""Embedding coverage: each sentence is matched with the most similar one of the other text.

Recall is how far the sentences of the references (or of the source) are covered by those of
the summary, precision the opposite. A sentence is the mean of its token vectors.
"""

import re

import numpy

from encoder import Encoder, matched
from epitome_plugin import Plugin

encoder = Encoder()
plugin = Plugin("embedding-coverage", "1.0")


@plugin.start
def start(params):
    against = params["against"]
    plugin.metric = {
        "low": -1,
        "high": 1,
        "needs": [against],
        "signature": {**encoder.signature(), "pooling": "mean"},
    }


def vectors(text):
    """The sentences of a text: its lines, divided after `.`, `!` and `?`."""
    sentences = re.split(r"(?<=[.!?])\s+|\n", text)
    found = [encoder.sentence(it) for it in sentences if it.strip()]
    return numpy.array(found).reshape(len(found), 384)


@plugin.measure
def coverage(candidates, document, params):
    texts = document.references if params["against"] == "references" else ["\n".join(document.source)]
    others = [vectors(text) for text in texts]
    for text in candidates:
        sentences = vectors(text)
        scores = [matched(sentences, other) for other in others]
        yield max(scores, key=lambda score: score[2])


plugin.run()
