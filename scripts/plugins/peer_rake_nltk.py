"""rake-nltk, with the stop list of yake and sentences at `.`, `!`, `?` and line ends: the
models of NLTK that it would load are in no package.
"""

import re
from importlib.metadata import version
from pathlib import Path

import yake
from rake_nltk import Rake

from epitome_plugin import Plugin

plugin = Plugin("rake-nltk", version("rake-nltk"))
stop_words = set()


@plugin.start
def start(params):
    folder = Path(yake.__file__).parent
    for path in folder.rglob("stopwords_en.txt"):
        stop_words.update(path.read_text(encoding="utf-8").split())
    if not stop_words:
        raise FileNotFoundError("the stop list of yake")


@plugin.keywords
def keywords(document, limit, params):
    rake = Rake(
        stopwords=stop_words,
        include_repeated_phrases=False,
        sentence_tokenizer=lambda text: re.split(r"(?<=[.!?])\s+|\n+", text),
    )
    rake.extract_keywords_from_text(f"{document.title}\n{document.text}")
    ranked = rake.get_ranked_phrases_with_scores()
    return [(phrase, score) for score, phrase in ranked[:limit]]


plugin.run()
