"""Runs that are in a folder, whether made here or by the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal
from warnings import warn

from . import _errors, _native
from ._length import number_of_jobs, whole
from ._table import Table

Test = Literal["randomisation", "bootstrap", "wilcoxon"]


@dataclass(frozen=True)
class Comparison:
    """System ``a`` against system ``b`` on the documents that both were scored on.

    Attributes:
        corpus, metric, a, b: Names.
        difference: Mean of ``a`` minus mean of ``b``, in the unit of the metric.
        ci_low, ci_high: Its 95 % interval; ``None`` if there are too few documents.
        p: Two-sided p-value.
        p_holm: The same, corrected by Holm over all pairs that were compared with it.
        p_benjamini_hochberg: The same, corrected by Benjamini and Hochberg.
        effect: The difference in standard deviations of the documents' differences.
        cliffs_delta: Cliff's delta.
        wins, ties, losses: Documents on which ``a`` is better, equal, worse.
        test: Test that the p-value is from.
        note: Which of interval and p-value to trust where they disagree.
    """

    corpus: str
    metric: str
    a: str
    b: str
    difference: float
    ci_low: float | None
    ci_high: float | None
    p: float
    p_holm: float
    p_benjamini_hochberg: float
    effect: float | None
    cliffs_delta: float | None
    wins: int
    ties: int
    losses: int
    test: str
    note: str | None

    def __str__(self) -> str:
        interval = ""
        if self.ci_low is not None and self.ci_high is not None:
            interval = f" ({self.ci_low:+.4f} to {self.ci_high:+.4f})"
        return (
            f"{self.metric} of {self.a} - {self.b} on {self.corpus}: "
            f"{self.difference:+.4f}{interval}, p = {self.p:.4f}"
        )


@dataclass(frozen=True)
class Gate:
    """Whether conditions hold: true if all do.

    Attributes:
        judged: The condition, whether it holds, and what was measured, for every pair.
    """

    judged: tuple[tuple[str, bool, str], ...]

    @property
    def holds(self) -> bool:
        """Whether all conditions hold."""
        return all(holds for _, holds, _ in self.judged)

    def __bool__(self) -> bool:
        return self.holds

    def __str__(self) -> str:
        failed = [f"{found}, against `{text}`" for text, holds, found in self.judged if not holds]
        if failed:
            return "gate fails: " + "; ".join(failed)
        return "gate holds: " + "; ".join(found for _, _, found in self.judged)


class Run:
    """A folder of results. Tables are read on access; ``docs/results.md``
    explains their columns."""

    def __init__(
        self, folder: str | PathLike[str], *, notes: tuple[str, ...] = (), failures: int = 0
    ) -> None:
        self.folder = Path(folder)
        #: Notes for a reader of the tables, if this process made the run.
        self.notes = notes
        #: How many times systems failed, if this process made the run.
        self.failed = failures
        self._tables: dict[str, Table] = {}

    @property
    def manifest(self) -> dict[str, Any]:
        """The recipe: versions, machine, seeds, systems, metrics, corpora."""
        found: dict[str, Any] = json.loads(_native.manifest(self.folder))
        return found

    @property
    def leaderboard(self) -> Table:
        """A row for each corpus, system and metric: means with intervals and ranks."""
        return self._table("leaderboard.csv")

    @property
    def scores(self) -> Table:
        """A row for each document, system and metric."""
        return self._table("scores.csv")

    @property
    def comparisons(self) -> Table:
        """A row for each pair of systems, corpus and metric."""
        return self._table("comparisons.csv")

    @property
    def documents(self) -> Table:
        """A row for each document."""
        return self._table("documents.csv")

    @property
    def failures(self) -> Table:
        """A row for each failure, with its message."""
        return self._table("failures.csv")

    @property
    def across(self) -> Table:
        """Ranks over documents and over corpora."""
        return self._table("across.csv")

    @property
    def timings(self) -> Table:
        """How long plugins and callables took for each document."""
        return self._table("plugin_timings.csv")

    @property
    def extracts(self) -> list[dict[str, Any]]:
        """The output of each system for each document."""
        path = self.folder / "extracts.jsonl"
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def compare(
        self,
        a: str,
        b: str,
        metric: str | None = None,
        *,
        to: Run | str | PathLike[str] | None = None,
        field: Literal["value", "precision", "recall"] = "value",
        test: Test = "randomisation",
        resamples: int = 10_000,
        seed: int = 0,
        jobs: int | None = None,
    ) -> Comparison:
        """Compares two systems, document by document.

        Args:
            a, b: Canonical names of systems; ``b`` is one of the run ``to`` if that is given.
            metric: A metric of the run; needed if there are several.
            to: Another run on the same documents.
            field: Which number of the score.
            test: Test that p-values are from.
            resamples: Exchanges or resamples for it.
            seed: Their seed.
            jobs: Number of threads; all cores by default.

        Raises:
            InputError: The run has no such system or metric, or several metrics and corpora.
            NotComparableError: The runs or systems cannot be compared.
        """
        runs = self._with(to)
        how = _how(test, seed, resamples, jobs)
        found = _native.compare(runs, [a, b], metric, field, how)
        if not found:
            metrics = ", ".join(f"`{one['name']}`" for one in self.manifest["metrics"])
            raise _errors.InputError(f"no `{metric}` of `{a}` and `{b}`; the metrics are {metrics}")
        if len(found) > 1:
            pairs = ", ".join(f"`{row['metric']}` on `{row['corpus']}`" for row in found)
            raise _errors.InputError(
                f"there are {len(found)} comparisons: {pairs}", "`compare_all` returns them all"
            )
        return Comparison(**found[0])

    def compare_all(
        self,
        *systems: str,
        metric: str | None = None,
        to: Run | str | PathLike[str] | None = None,
        field: Literal["value", "precision", "recall"] = "value",
        test: Test = "randomisation",
        resamples: int = 10_000,
        seed: int = 0,
        jobs: int | None = None,
    ) -> list[Comparison]:
        """As :meth:`compare`, every pair of these systems, or of all if none is named, under
        every metric and on every corpus."""
        how = _how(test, seed, resamples, jobs)
        found = _native.compare(self._with(to), list(systems), metric, field, how)
        return [Comparison(**row) for row in found]

    def gate(
        self,
        conditions: str,
        a: str | None = None,
        b: str | None = None,
        *,
        to: Run | str | PathLike[str] | None = None,
        resamples: int = 10_000,
        seed: int = 0,
        jobs: int | None = None,
    ) -> Gate:
        """Judges conditions on ``a`` minus ``b`` such as
        ``rouge-2.value > -0.5 @ p<0.01``, in points or percent, as ``epitome compare --gate`` does.
        """
        systems = [name for name in (a, b) if name is not None]
        how = _how("randomisation", seed, resamples, jobs)
        return Gate(tuple(_native.gate(self._with(to), systems, conditions, 30, how)))

    def report(
        self,
        page: str | PathLike[str] | None = None,
        *,
        texts: bool = False,
    ) -> Path:
        """Writes the run as one page of HTML; returns where it is.

        Warns of texts that are not in the page.

        Args:
            page: Path of the page; by default ``report.html`` in the folder of the run.
            texts: Whether texts are read from corpora outside of the current folder too.
        """
        path = self.folder / "report.html" if page is None else Path(page)
        for corpus, reason in _native.report([self.folder], path, texts):
            warn(f"texts of {corpus} are not in the page: {reason}", stacklevel=2)
        return path

    def text(self, format: Literal["text", "markdown", "latex", "csv", "json"] = "text") -> str:
        """The leaderboard, drawn as the command line draws it."""
        return _native.text(self.folder, format)

    def _with(self, to: Run | str | PathLike[str] | None) -> list[Path]:
        if to is None:
            return [self.folder]
        other = to if isinstance(to, Run) else open_run(to)
        return [self.folder, other.folder]

    def _table(self, file: str) -> Table:
        if file not in self._tables:
            self._tables[file] = Table(_native.table(self.folder, file))
        return self._tables[file]

    def __repr__(self) -> str:
        return f"Run({fspath(self.folder)!r})"

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Any, ...]:
        return _run, (fspath(self.folder), self.notes, self.failed)

    def _repr_html_(self) -> str:
        parts = []
        board = self.leaderboard
        pairs = {(row["corpus"], row["metric"]): None for row in board}
        for corpus, metric in pairs:
            rows = board.rows(corpus=corpus, metric=metric)
            rows.sort(key=lambda row: -(row["mean"] if row["mean"] is not None else -1e300))
            cells = "".join(
                f"<tr><td>{escape(row['system'])}</td><td>{_number(row['mean'])}</td>"
                f"<td>{_number(row['ci_low'])} – {_number(row['ci_high'])}</td>"
                f"<td>{row['n']}</td></tr>"
                for row in rows
            )
            parts.append(
                f"<h4>{escape(corpus)}: {escape(metric)}</h4><table><thead><tr><th>system</th>"
                f"<th>mean</th><th>95 % interval</th><th>documents</th></tr></thead>"
                f"<tbody>{cells}</tbody></table>"
            )
        return "".join(parts)


def open_run(
    run: str | PathLike[str] | None = None, *, results: str | PathLike[str] = "results"
) -> Run:
    """Opens a run: its folder, its name among the results, or the newest without either."""
    name = _native.newest(results) if run is None else run
    return Run(_native.find(fspath(name), results))


def _run(folder: str, notes: tuple[str, ...], failures: int) -> Run:
    return Run(folder, notes=notes, failures=failures)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _how(test: str, seed: int, resamples: int, jobs: int | None) -> dict[str, Any]:
    return {
        "test": test,
        "seed": whole("seed", seed, 0, 2**64 - 1),
        "resamples": whole("resamples", resamples, 1, 10**7),
        "jobs": number_of_jobs(jobs),
    }
