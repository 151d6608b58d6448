"""all-MiniLM-L6-v2 as an embedder: a text is the mean of its tokens, without special ones."""

from encoder import Encoder
from epitome_plugin import Plugin

encoder = Encoder()
plugin = Plugin(
    "minilm",
    "1.0",
    embedder={"width": 384, "signature": {**encoder.signature(), "pooling": "mean"}},
)


@plugin.embed
def embed(texts, params):
    return [encoder.sentence(text) for text in texts]


@plugin.embed_tokens
def embed_tokens(text, params):
    return encoder.ids(text), encoder.tokens(text)


plugin.run()
