"""BERTScore: each token is matched with the most similar one of the other text.

Zhang et al. (2020), BERTScore, ICLR. Cosines of the last layer of all-MiniLM-L6-v2, without
special tokens, idf and rescaling; of several references the one with the highest F counts.
"""

from encoder import Encoder, matched
from epitome_plugin import Plugin

encoder = Encoder()
plugin = Plugin(
    "minilm-bert-score",
    "1.0",
    metric={"low": -1, "high": 1, "signature": {**encoder.signature(), "layer": "last"}},
)


@plugin.measure
def bert_score(candidates, document, params):
    references = [encoder.tokens(text) for text in document.references]
    for text in candidates:
        vectors = encoder.tokens(text)
        scores = [matched(vectors, reference) for reference in references]
        yield max(scores, key=lambda score: score[2])


plugin.run()
