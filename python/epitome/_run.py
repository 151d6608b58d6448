"""Runs: systems on corpora, scored, compared, written to a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from time import monotonic
from typing import Any
from warnings import warn

from . import _errors, _native
from ._callables import Metric, System, natives
from ._corpus import opened
from ._length import length, number_of_jobs, whole
from ._runs import Run

Progress = Callable[[int, int, int], object]


def run(
    corpus: str | PathLike[str] | Iterable[Mapping[str, Any]] | Mapping[str, Any] | Sequence[str],
    systems: Sequence[str | Callable[..., Any] | System] | str | Callable[..., Any] = (),
    metrics: Sequence[str | Callable[..., Any] | Metric] | str | Callable[..., Any] = (),
    *,
    plugins: Sequence[str | PathLike[str]] | str | PathLike[str] = (),
    metric_plugins: Sequence[str | PathLike[str]] | str | PathLike[str] = (),
    embedders: Mapping[str, str] | None = None,
    sentences: int | None = None,
    words: int | None = None,
    bytes: int | None = None,  # the name of the unit
    ratio: float | None = None,
    limit: int = 50,
    language: str | None = None,
    background: str | PathLike[str] | None = None,
    fields: Mapping[str, str] | None = None,
    corpus_name: str = "corpus",
    seed: int = 0,
    resamples: int = 1000,
    jobs: int | None = None,
    results: str | PathLike[str] = "results",
    name: str | None = None,
    fresh: bool | None = None,
    retry_failed: bool = False,
    progress: bool | Progress | None = None,
) -> Run:
    """Runs systems on a corpus, scores and compares them, and writes a folder of results.

    The folder is that of ``epitome run`` with the same arguments: the same name, the same bytes
    in its rows.

    Args:
        corpus: A corpus as the command line names one (``sampler``, a path); or records, dicts
            with ``text``, ``summaries`` and the like, as a list, an iterator, a ``Dataset`` or a
            data frame; or a dict of names and either. Records are written below ``results``.
        systems: Names such as ``text-rank(damping=0.9)`` and callables, see
            :func:`epitome.system`; every system that fits if there are none.
        metrics: Names such as ``rouge-1(stemmer=true)`` and callables, see
            :func:`epitome.metric`; the usual ones if there are none.
        plugins: External systems, as for ``--plugin``: paths of a ``plugin.toml`` or its folder, and
            ``name=command``. One that ``systems`` does not name takes part without parameters.
        metric_plugins: External metrics, as for ``--metric-plugin``, in the same way.
        embedders: Names of embedders with their sources, as for ``--embedder``:
            ``{"mine": "plugin:mine/plugin.toml", "glove": "static:vectors.txt"}``.
        sentences, words, bytes, ratio: The one limit of a summary; 3 sentences if none is given.
        limit: The length of a list of keyphrases.
        language: A code such as ``en``, for every document; by default that of the corpus.
        background: A corpus to take document frequencies from.
        fields: Our names of fields with those of the records: ``{"text": "article"}``.
        corpus_name: The name in tables of records without a name.
        seed: Seed of the intervals.
        resamples: Resamples for ranks and for intervals of micro averages.
        jobs: Number of threads; all cores by default. Callables are called on one.
        results: The folder of all results.
        name: The name of the folder of this run; by default derived from the plan.
        fresh: Whether a run that is there is replaced; otherwise it is gone on with. By
            default a run with a callable is replaced, since what it calls may have changed.
        retry_failed: Whether systems run again on documents that they failed on.
        progress: ``True`` for a bar on standard error, or a function of the bytes that are done,
            those that there are, and the documents that are done.

    Raises:
        InputError: An argument, a record or a file is refused; the message names the place.
        InputTypeError: One is of a wrong type.
        NothingToDoError: There are no documents, or no metric measures any system.
        KeyboardInterrupt: Ctrl-C; the rows of the documents before are complete, and
            ``fresh=False`` continues from there.
    """
    folder = Path(results)
    chosen = natives("systems", _several(systems), System)
    measured = natives("metrics", _several(metrics), Metric)
    corpora = opened(corpus, folder, fields or {}, corpus_name)
    has_callable = any(not isinstance(one, str) for one in [*chosen, *measured])
    asked = {
        "corpora": corpora,
        "systems": chosen,
        "metrics": measured,
        "plugins": _declared("plugins", plugins),
        "metric_plugins": _declared("metric_plugins", metric_plugins),
        "embedders": _embedders(embedders or {}),
        "length": length(sentences, words, bytes, ratio),
        "limit": whole("limit", limit),
        "background": None if background is None else str(background),
        "language": language,
        "seed": whole("seed", seed, 0, 2**64 - 1),
        "jobs": number_of_jobs(jobs),
        "resamples": whole("resamples", resamples, 0, 10**7),
        "results": folder,
        "name": name,
        "fresh": has_callable if fresh is None else fresh,
        "retry_failed": retry_failed,
        "command": ["epitome.run", *map(str, corpora)],
    }
    bar = _Bar() if progress is True else None
    try:
        found = _native.run(asked, bar or progress or None)
    finally:
        if bar is not None:
            bar.end()
    for note in found["notes"]:
        warn(note, stacklevel=2)
    if found["nothing_measured"]:
        raise _errors.made("nothing to do", found["nothing_measured"])
    return Run(found["folder"], notes=tuple(found["notes"]), failures=found["failures"])


def _declared(argument: str, named: Any) -> list[str]:
    """The declarations of plugins as texts."""
    one_or_more = [named] if isinstance(named, (str, PathLike)) else named
    try:
        texts = [fspath(one) for one in one_or_more]
    except TypeError:
        raise _errors.mistyped(argument, named, "a list of texts or paths") from None
    for text in texts:
        if not isinstance(text, str):
            raise _errors.mistyped(argument, text, "a text or path")
    return texts


def _embedders(named: Any) -> list[str]:
    """The declarations of embedders as texts."""
    if not isinstance(named, Mapping):
        raise _errors.mistyped("embedders", named, "a dict of names and sources")
    for text in [*named.keys(), *named.values()]:
        if not isinstance(text, str):
            raise _errors.mistyped("embedders", text, "a text")
    return [f"{name}={source}" for name, source in named.items()]


def _several(named: Any) -> Sequence[Any]:
    if isinstance(named, (str, System, Metric)) or callable(named):
        return [named]
    try:
        return list(named)
    except TypeError:
        raise _errors.mistyped("systems or metrics", named, "a list") from None


class _Bar:
    """A bar in the manner of tqdm."""

    def __init__(self) -> None:
        self._begun = monotonic()

    def __call__(self, done: int, total: int, documents: int) -> None:
        share = min(done / total, 1.0) if total else 1.0
        filled = int(30 * share)
        bar = "█" * filled + " " * (30 - filled)
        spent = monotonic() - self._begun
        minutes, seconds = divmod(int(spent), 60)
        speed = documents / spent if spent else 0.0
        times = f"[{minutes:02}:{seconds:02}, {speed:.1f}docs/s]"
        sys.stderr.write(f"\r{share:4.0%}|{bar}| {documents} documents {times}")
        sys.stderr.flush()

    def end(self) -> None:
        sys.stderr.write("\n")
