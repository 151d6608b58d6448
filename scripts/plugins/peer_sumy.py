"""sumy, every method, on sentences as they are given.

Its own sentence splitter and the punkt model that it needs are left out: sentences come
from epitome. Words are cut by NLTK's word tokenizer and kept by sumy's own rule.
"""

from importlib.metadata import version

from nltk.tokenize.destructive import NLTKWordTokenizer
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.random import RandomSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from epitome_plugin import Plugin

METHODS = {
    "edmundson": EdmundsonSummarizer,
    "kl": KLSummarizer,
    "lex-rank": LexRankSummarizer,
    "lsa": LsaSummarizer,
    "luhn": LuhnSummarizer,
    "random": RandomSummarizer,
    "reduction": ReductionSummarizer,
    "sum-basic": SumBasicSummarizer,
    "text-rank": TextRankSummarizer,
}

plugin = Plugin("sumy", version("sumy"), deterministic=False)
summariser = None


class Words:
    """What sumy asks a tokenizer for, without the sentence model."""

    def __init__(self):
        self._cut = NLTKWordTokenizer().tokenize

    def to_words(self, sentence):
        return tuple(filter(Tokenizer._is_word, self._cut(sentence)))


@plugin.start
def start(params):
    global summariser
    summariser = METHODS[params["method"]](Stemmer("english"))
    stop_words = get_stop_words("english")
    if params["method"] == "edmundson":
        summariser.bonus_words = ("significant", "important", "conclusion")
        summariser.stigma_words = ("perhaps", "hardly", "impossible")
        summariser.null_words = stop_words
    else:
        summariser.stop_words = stop_words


@plugin.summarise
def summarise(document, budget, params):
    if budget.unit != "sentences":
        raise ValueError("sumy counts sentences")
    words = Words()
    sentences = [Sentence(text, words) for text in document.sentences]
    model = ObjectDocumentModel([Paragraph(sentences)])
    found = summariser(model, min(budget.limit, len(sentences)))
    index = {id(sentence): at for at, sentence in enumerate(sentences)}
    return [index[id(sentence)] for sentence in found]


plugin.run()
