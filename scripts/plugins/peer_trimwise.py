"""trimwise: its lexical strategy, BM25 over sentences with diversity, with the query.

It may keep a part of a sentence: a sentence counts as kept if all of it is. Its vocabulary
is fetched when it is first used; here it comes from the package `bpe-openai`, which has it.
"""

from importlib.metadata import version

import bpe_openai
import tiktoken

tiktoken.get_encoding = bpe_openai.get_encoding

from trimwise import Trimmer  # noqa: E402  (after the vocabulary is replaced)

from epitome_plugin import Plugin  # noqa: E402

plugin = Plugin("trimwise", version("trimwise"))
trimmer = Trimmer()


@plugin.summarise
def summarise(document, budget, params):
    lines = [" ".join(sentence.split()) for sentence in document.sentences]
    strategy = "lexical" if document.query else "structural"
    # a blank line ends a passage; without it, the text is one passage that is cut
    result = trimmer.trim(
        "\n\n".join(lines), budget.limit, strategy=strategy, query=document.query or None
    )
    picks, start = [], 0
    for at, line in enumerate(lines):
        end = start + len(line)
        if any(span.start <= start and end <= span.end for span in result.spans):
            picks.append(at)
        start = end + 2
    return budget.fill(picks)


plugin.run()
