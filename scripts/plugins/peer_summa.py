"""summa: TextRank over sentences as they are given, and over words.

Its sentence splitter is replaced by line ends; the rest is called as it stands.
"""

from importlib.metadata import version

from summa import keywords as summa_keywords
from summa import summarizer
from summa.preprocessing import textcleaner

from epitome_plugin import Plugin

textcleaner.split_sentences = lambda text: text.split("\n")
plugin = Plugin("summa", version("summa"))


@plugin.summarise
def summarise(document, budget, params):
    lines = [" ".join(sentence.split()) for sentence in document.sentences]
    units = summarizer._clean_text_by_sentences("\n".join(lines), "english", None)
    graph = summarizer._build_graph([unit.token for unit in units])
    summarizer._set_graph_edge_weights(graph)
    summarizer._remove_unreachable_nodes(graph)
    scores = [0.0] * len(lines)
    if graph.nodes():
        summarizer._add_scores_to_sentences(units, summarizer._pagerank(graph))
        for unit in units:
            scores[unit.index] = float(unit.score)
    return budget.best_first(scores)


@plugin.keywords
def keywords(document, limit, params):
    text = f"{document.title}\n{document.text}"
    return summa_keywords.keywords(text, ratio=1.0, scores=True)[:limit]


plugin.run()
