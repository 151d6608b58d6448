"""``rouge_score.scoring``: scores and their bootstrap."""

from __future__ import annotations

import abc
import os
import sys
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..._native import quantiles


class Score(NamedTuple):
    """Precision, recall and F1, in shares of 1."""

    precision: float
    recall: float
    fmeasure: float


class AggregateScore(NamedTuple):
    """The ends of an interval and the median of the resamples, each a :class:`Score`."""

    low: Any
    mid: Any
    high: Any


class BaseScorer(metaclass=abc.ABCMeta):
    """What scores a prediction."""

    @abc.abstractmethod
    def score(self, target: str, prediction: str) -> dict[str, Any]:
        """The scores of ``prediction`` against ``target``, by their type."""


class BootstrapAggregator:
    """Intervals of means by the bootstrap.

    If numpy is imported, its global generator is drawn from, and left as rouge-score leaves it:
    after ``np.random.seed(0)`` the numbers are the same. Without numpy the same generator is
    seeded by ``seed``, or at random.
    """

    def __init__(
        self,
        confidence_interval: float = 0.95,
        n_samples: int = 1000,
        *,
        seed: int | None = None,
    ) -> None:
        if confidence_interval < 0 or confidence_interval > 1:
            raise ValueError("confidence_interval must be in range [0, 1]")
        if n_samples <= 0:
            raise ValueError("n_samples must be positive")
        self._n_samples = n_samples
        self._confidence_interval = confidence_interval
        self._seed = seed
        self._scores: dict[str, list[Any]] = defaultdict(list)

    def add_scores(self, scores: Mapping[str, Any]) -> None:
        """Adds the scores of one document, by their type."""
        for score_type, score in scores.items():
            self._scores[score_type].append(score)

    def aggregate(self) -> dict[str, AggregateScore]:
        """The interval and the median of each type."""
        numpy = sys.modules.get("numpy") if self._seed is None else None
        state = None if numpy is None else _state(numpy)
        seed = self._seed if self._seed is not None else int.from_bytes(os.urandom(4), "big")
        result = {}
        for score_type, scores in self._scores.items():
            columns, state = _quantiles(
                [tuple(map(float, score)) for score in scores],
                state,
                seed,
                self._n_samples,
                self._confidence_interval,
            )
            bounds = (type(scores[0])(*(column[at] for column in columns)) for at in range(3))
            result[score_type] = AggregateScore(*bounds)
        if numpy is not None and state is not None:
            words, place = state
            old = numpy.random.get_state()
            numpy.random.set_state((old[0], words, place, *old[3:]))
        return result


def _state(numpy: Any) -> tuple[list[int], int] | None:
    kind, words, place, *_ = numpy.random.get_state()
    return (words.tolist(), place) if kind == "MT19937" else None


def _quantiles(
    rows: list[tuple[float, ...]],
    state: tuple[list[int], int] | None,
    seed: int,
    samples: int,
    confidence: float,
) -> tuple[list[list[float]], tuple[list[int], int]]:
    """Low, mid and high of each column, and the state after the draws, which are the same for
    all columns."""
    width = len(rows[0])
    columns: list[list[float]] = []
    after = state or ([], 0)
    for start in range(0, max(width, 1), 3):
        part = [(*row[start : start + 3], 0.0, 0.0)[:3] for row in rows]
        found, after = quantiles([part], state, seed, samples, confidence)
        columns.extend(list(column) for column in found[0])
    return columns[:width], after


def fmeasure(precision: float, recall: float) -> float:
    """F1: ``2PR / (P + R)``; 0 if both are."""
    if precision + recall > 0:
        return 2 * precision * recall / (precision + recall)
    return 0.0
