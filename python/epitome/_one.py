"""One text: its summary, its keyphrases, its sentences."""

from __future__ import annotations

from dataclasses import dataclass

from . import _native
from ._length import length, string, whole


@dataclass(frozen=True)
class Summary:
    """Sentences that a system picked from a text.

    Attributes:
        system: Canonical name of the system.
        sentences: All sentences of the text.
        picks: Numbers of the picked ones in the order of the text, from 0.
        scores: A score for every sentence, higher is better; ``None`` for a sentence that
            was left out as boilerplate. ``None`` if the system has no scores.
    """

    system: str
    sentences: tuple[str, ...]
    picks: tuple[int, ...]
    scores: tuple[float | None, ...] | None

    @property
    def text(self) -> str:
        """The picked sentences, one per line."""
        return "\n".join(self.sentences[pick] for pick in self.picks)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Keyphrase:
    """A phrase of a text.

    Attributes:
        text: The phrase as written at its first occurrence.
        score: Higher is better; comparable within one text only.
        offsets: Start and end of each occurrence in the text, in characters:
            ``text[start:end]``.
    """

    text: str
    score: float
    offsets: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Keyphrases:
    """Phrases of a text, the best first.

    Attributes:
        system: Canonical name of the extractor.
        signature: How they were found: candidates, tagger, stemmer, stop list.
        phrases: The phrases.
    """

    system: str
    signature: str
    phrases: tuple[Keyphrase, ...]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.phrases)

    def __len__(self) -> int:
        return len(self.phrases)

    def __getitem__(self, at: int) -> Keyphrase:
        return self.phrases[at]


def summarise(
    text: str,
    system: str = "epitome",
    *,
    sentences: int | None = None,
    words: int | None = None,
    bytes: int | None = None,  # the name of the unit
    ratio: float | None = None,
    title: str = "",
    language: str | None = None,
    boilerplate: bool = False,
    query: str = "",
) -> Summary:
    """Summarises a text by picking sentences.

    Args:
        text: The text.
        system: A summariser such as ``lead`` or ``text-rank(damping=0.9)``.
        sentences, words, bytes, ratio: The one limit of the summary; 3 sentences if none is
            given. ``ratio`` is a share of the sentences.
        title: The title, which is no sentence of the text.
        language: A code such as ``en``; detected by default.
        boilerplate: Whether the system sees what is probably boilerplate of a page.
        query: What the summary is to answer, for a system that reads a query such as ``bm25``.

    Raises:
        InputError: The system, the language, the limit or the query is refused.
        InputTypeError: An argument is of a wrong type.
    """
    name, all_sentences, picks, scores = _native.summarise(
        string("text", text),
        string("title", title),
        string("system", system),
        length(sentences, words, bytes, ratio),
        language,
        boilerplate,
        string("query", query),
    )
    found = None if scores is None else tuple(scores)
    return Summary(name, tuple(all_sentences), tuple(picks), found)


def keywords(
    text: str,
    system: str = "epitome",
    *,
    limit: int = 10,
    title: str = "",
    language: str | None = None,
    boilerplate: bool = False,
) -> Keyphrases:
    """Extracts keyphrases from a text.

    Args:
        text: The text.
        system: A keyword extractor such as ``yake`` or ``text-rank(window=10)``.
        limit: Maximum number of phrases.
        title: The title, in which phrases may stand too.
        language: A code such as ``en``; detected by default.
        boilerplate: Whether the extractor sees what is probably boilerplate of a page.

    Raises:
        InputError: The extractor, the language or the limit is refused.
        InputTypeError: An argument is of a wrong type.
    """
    name, signature, found = _native.keywords(
        string("text", text),
        string("title", title),
        string("system", system),
        whole("limit", limit),
        language,
        boilerplate,
    )
    phrases = (Keyphrase(text, score, tuple(places)) for text, score, places in found)
    return Keyphrases(name, signature, tuple(phrases))


def sentences(text: str, *, language: str | None = None) -> list[str]:
    """The sentences of a text, as systems see them."""
    return _native.sentences(string("text", text), language)


def list_names() -> dict[str, dict[str, str]]:
    """The built-in entries: ``summarisers``, ``extractors`` and ``metrics``, each name with a line
    on it."""
    summarisers, extractors, metrics = _native.names()
    return {
        "summarisers": dict(summarisers),
        "extractors": dict(extractors),
        "metrics": dict(metrics),
    }
