"""NAME: vectors of the letters that words have in common, by three of them at a time."""

from zlib import crc32

from epitome_plugin import Plugin

WIDTH = 256
plugin = Plugin("NAME", "0.1", embedder={"width": WIDTH, "signature": {"letters": 3}})


@plugin.embed
def embed(texts, params):
    for text in texts:
        vector = [0.0] * WIDTH
        for word in text.lower().split():
            word = f"<{word}>"
            for at in range(len(word) - 2):
                vector[crc32(word[at : at + 3].encode()) % WIDTH] += 1
        yield vector


plugin.run()
