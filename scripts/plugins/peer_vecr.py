"""vecr-compress: its selection of sentences with the relevance to the question that it offers.

Its guarantee to keep every sentence with a number is off, since such sentences alone exceed
a budget. Its vocabulary comes from the package `bpe-openai`, as that of trimwise.
"""

from importlib.metadata import version

import bpe_openai
import tiktoken

tiktoken.get_encoding = bpe_openai.get_encoding

from vecr_compress import compress  # noqa: E402  (after the vocabulary is replaced)

from compressors import kept_lines  # noqa: E402
from epitome_plugin import Plugin  # noqa: E402

plugin = Plugin("vecr-compress", version("vecr-compress"))


@plugin.summarise
def summarise(document, budget, params):
    lines = [" ".join(sentence.split()) for sentence in document.sentences]
    result = compress(
        # a blank line ends a segment, whatever the script
        [{"role": "user", "content": "\n\n".join(lines)}],
        budget.limit,
        question=document.query,
        use_question_relevance=bool(document.query),
        protect_tail=0,
        retain=False,
    )
    dropped = kept_lines(lines, [segment["text"] for segment in result.dropped_segments])
    return budget.fill(at for at in range(len(lines)) if at not in dropped)


plugin.run()
