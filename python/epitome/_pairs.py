"""Texts made elsewhere, against references."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from . import _errors, _native
from ._callables import Metric, natives
from ._length import number_of_jobs, string, whole
from ._table import Table

Texts = str | Sequence[str]


@dataclass(frozen=True)
class Scores:
    """Scores of outputs.

    Attributes:
        means: A row for each metric: ``metric``, ``signature``, ``n``, ``precision``,
            ``recall``, ``value``, and the 95 % interval of the value, ``ci_low`` and ``ci_high``.
        rows: A row for each pair and metric: ``id`` (the place in the list, from 0),
            ``metric``, ``precision``, ``recall``, ``value``. A cell that a metric does not have,
            or a pair that it leaves out, is ``None``.
    """

    means: Table
    rows: Table

    def __getitem__(self, metric: str) -> float:
        """The mean of a metric's value."""
        for row in self.means:
            if row["metric"] == metric:
                value: float = row["value"]
                return value
        there = ", ".join(f"`{name}`" for name in self.means["metric"])
        raise KeyError(f"no metric `{metric}`; there are {there}")

    def __str__(self) -> str:
        return str(self.means)

    def _repr_html_(self) -> str:
        return self.means._repr_html_()


def score(
    candidates: Iterable[Texts],
    references: Iterable[Texts],
    metrics: Sequence[str | Callable[..., Any] | Metric] | str | Callable[..., Any],
    *,
    sources: Iterable[Texts] | None = None,
    seed: int = 0,
    resamples: int = 1000,
    jobs: int | None = None,
) -> Scores:
    """Scores outputs against references, as ``epitome score`` does.

    Args:
        candidates: A text for each output, or its sentences, or a list of keyphrases.
        references: For each output a reference or a list of them; of keyphrase metrics the list
            of gold phrases. There are as many as candidates.
        metrics: Names such as ``rouge-1(stemmer=true)``, or callables: see
            :func:`epitome.metric`.
        sources: The documents, for metrics that look at them.
        seed, resamples: Of the intervals of micro averages.
        jobs: Number of threads; all cores by default.

    Raises:
        InputError: The lengths differ, or a metric is refused, or needs sources.
        InputTypeError: An item is of a wrong type; the message names its place.
    """
    if isinstance(metrics, (str, Metric)) or callable(metrics):
        metrics = [metrics]
    chosen = natives("metrics", list(metrics), Metric)
    if not chosen:
        raise _errors.InputError("`metrics` is empty", "`epitome.list_names()` has what there is")
    lists: dict[str, list[Any]] = {
        "candidate": _listed("candidates", candidates),
        "references": _listed("references", references),
    }
    if sources is not None:
        lists["source"] = _listed("sources", sources)
    counts = {name: len(items) for name, items in lists.items()}
    if len(set(counts.values())) > 1:
        found = ", ".join(f"{count} of `{name}`" for name, count in counts.items())
        raise _errors.InputError(f"the lengths differ: {found}")
    if not lists["candidate"]:
        raise _errors.NothingToDoError("nothing to do: there are no candidates")
    pairs = []
    for at in range(len(lists["candidate"])):
        pair = {name: _texts(f"{name}[{at}]", items[at]) for name, items in lists.items()}
        if isinstance(pair["references"], str):
            pair["references"] = [pair["references"]]
        if not pair["references"]:
            raise _errors.refused(f"references[{at}]", "empty", "at least one reference")
        pairs.append(json.dumps({"id": str(at), **pair}, ensure_ascii=False))
    rows, means = _native.score(
        pairs,
        chosen,
        whole("seed", seed, 0, 2**64 - 1),
        whole("resamples", resamples, 0, 10**7),
        number_of_jobs(jobs),
    )
    return Scores(Table(means), Table(rows))


def _listed(name: str, items: Any) -> list[Any]:
    if isinstance(items, str):
        raise _errors.mistyped(name, items, "a list of texts")
    try:
        return list(items)
    except TypeError:
        raise _errors.mistyped(name, items, "a list of texts") from None


def _texts(place: str, item: Any) -> str | list[str]:
    if isinstance(item, str):
        return string(place, item)
    if not isinstance(item, (list, tuple)):
        raise _errors.mistyped(place, item, "a string or a list of strings")
    return [string(f"{place}[{at}]", text) for at, text in enumerate(item)]
