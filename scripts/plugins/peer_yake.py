"""yake, whose scores are better the smaller they are."""

from importlib.metadata import version

import yake

from epitome_plugin import Plugin

plugin = Plugin("yake", version("yake"))


@plugin.keywords
def keywords(document, limit, params):
    extractor = yake.KeywordExtractor(lan="en", n=params["words"], top=limit)
    text = f"{document.title}\n{document.text}"
    return [(phrase, -score) for phrase, score in extractor.extract_keywords(text)]


plugin.run()
