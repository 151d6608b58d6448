"""headroom: its TextCrusher, the extractive compressor of prose, with the query as context.

It divides the text at line ends, which are those of the sentences as they are given. Its
target is a share of the text in bytes: the share is lowered until what it keeps fits.
"""

from importlib.metadata import version

from headroom.transforms.text_crusher import TextCrusher, TextCrusherConfig

from compressors import kept_lines
from epitome_plugin import Plugin

plugin = Plugin("headroom", version("headroom-ai"))
crusher = TextCrusher(TextCrusherConfig(min_segments_for_crush=1, min_segment_chars=1))


@plugin.summarise
def summarise(document, budget, params):
    lines = [" ".join(sentence.split()) for sentence in document.sentences]
    ratio = min(1.0, budget.limit / max(1, sum(budget.costs)))
    while ratio > 1e-4:
        kept = crusher.compress("\n".join(lines), document.query, ratio).compressed
        picks = kept_lines(lines, kept.split("\n"))
        if budget.fits(picks):
            return picks
        ratio *= 0.95
    return []


plugin.run()
