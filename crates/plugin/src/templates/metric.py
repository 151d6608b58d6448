"""NAME: the share of a summary's words that are in a reference."""

from epitome_plugin import Plugin

plugin = Plugin("NAME", "0.1", metric={"better": "higher", "low": 0, "high": 1})


@plugin.measure
def shared_words(candidates, document, params):
    known = set(" ".join(document.references).lower().split())
    for text in candidates:
        words = text.lower().split()[: params["most"]]
        yield sum(word in known for word in words) / max(1, len(words))


plugin.run()
