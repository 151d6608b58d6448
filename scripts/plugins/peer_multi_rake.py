"""multi-rake, with its English stop list."""

from importlib.metadata import version

from multi_rake import Rake

from epitome_plugin import Plugin

plugin = Plugin("multi-rake", version("multi-rake"))


@plugin.keywords
def keywords(document, limit, params):
    rake = Rake(language_code="en")
    return rake.apply(f"{document.title}\n{document.text}")[:limit]


plugin.run()
