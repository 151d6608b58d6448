"""``rouge_score.tokenizers``: what makes words of texts."""

from __future__ import annotations

import abc

from ..._native import stem
from . import tokenize


class Tokenizer(abc.ABC):
    """Makes words of a text; a scorer takes any object with ``tokenize``."""

    @abc.abstractmethod
    def tokenize(self, text: str) -> list[str]:
        """The words of a text."""
        raise NotImplementedError("Tokenizer must override tokenize() method")


class _Porter:
    """NLTK's Porter stemmer in its default mode."""

    def stem(self, word: str) -> str:
        return stem(word)


class DefaultTokenizer(Tokenizer):
    """Words of ASCII letters and digits in lower case, stemmed or not."""

    def __init__(self, use_stemmer: bool = False) -> None:
        self._stemmer = _Porter() if use_stemmer else None

    def tokenize(self, text: str) -> list[str]:
        """The words of a text."""
        return tokenize.tokenize(text, self._stemmer)
