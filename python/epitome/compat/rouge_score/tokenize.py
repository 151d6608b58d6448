"""``rouge_score.tokenize``: words of ASCII letters and digits."""

from __future__ import annotations

import re
from typing import Any

_OTHERS = re.compile(r"[^a-z0-9]+")


def tokenize(text: str, stemmer: Any) -> list[str]:
    """The words of a text in lower case; those of more than three letters are stemmed by
    ``stemmer.stem`` unless that is ``None``."""
    words = _OTHERS.sub(" ", text.lower()).split()
    if stemmer:
        words = [stemmer.stem(word) if len(word) > 3 else word for word in words]
    return [word for word in words if word]
