"""lexrank. Its inverse document frequencies are over the sentences of the document: a
plugin sees one document at a time.
"""

from importlib.metadata import version

from lexrank import STOPWORDS, LexRank

from epitome_plugin import Plugin

plugin = Plugin("lexrank", version("lexrank"))


@plugin.summarise
def summarise(document, budget, params):
    if not document.sentences:
        return []
    ranker = LexRank([[sentence] for sentence in document.sentences], stopwords=STOPWORDS["en"])
    threshold = params["threshold"] or None  # 0 is the continuous form
    scores = ranker.rank_sentences(document.sentences, threshold=threshold)
    return budget.best_first([float(score) for score in scores])


plugin.run()
