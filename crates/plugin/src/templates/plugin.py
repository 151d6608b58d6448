"""NAME: picks the longest sentences, and the most frequent words."""

from collections import Counter

from epitome_plugin import Plugin

plugin = Plugin("NAME", "0.1")


@plugin.summarise
def longest(document, budget, params):
    return budget.best_first([len(sentence) for sentence in document.sentences])


@plugin.keywords
def most_frequent(document, limit, params):
    shortest = params.get("shortest", 4)
    words = [word.strip(".,;:!?\"'()").lower() for word in document.text.split()]
    counts = Counter(word for word in words if len(word) >= shortest)
    return counts.most_common(limit)


plugin.run()
