"""Systems and metrics that are Python callables."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from . import _errors, _native

Task = Literal["summaries", "keyphrases"]


@dataclass(frozen=True)
class Document:
    """A document as a system sees it: without references.

    Attributes:
        id: Its name within the corpus.
        title: Its title; empty if there is none.
        text: Its text without the title.
        language: The code of its language; ``und`` if it is unknown.
        sentences: Its sentences; a system picks among them by number, from 0.
        words: How many words each sentence has, as budgets in words count them.
        query: What the output is to answer; empty if the document has no query.
    """

    id: str
    title: str
    text: str
    language: str
    sentences: tuple[str, ...]
    words: tuple[int, ...]
    query: str = ""

    def __len__(self) -> int:
        """How many sentences it has."""
        return len(self.sentences)


@dataclass(frozen=True)
class Budget:
    """How long a summary may be: at most ``amount`` of ``unit``.

    A share of the sentences has become a number of them.
    """

    unit: Literal["sentences", "words", "bytes"]
    amount: int

    def cost(self, document: Document, picks: Iterable[int]) -> int:
        """Return the length of a summary of these sentences, in the unit of the budget."""
        chosen = list(picks)
        if self.unit == "sentences":
            return len(chosen)
        if self.unit == "words":
            return sum(document.words[pick] for pick in chosen)
        sizes = (len(document.sentences[pick].encode()) + 1 for pick in chosen)
        return max(sum(sizes) - 1, 0)  # a byte between sentences

    def fits(self, document: Document, picks: Iterable[int]) -> bool:
        """Whether a summary of these sentences is within the budget."""
        return self.cost(document, picks) <= self.amount


@dataclass(frozen=True)
class System:
    """A callable with the name that tables have for it: see :func:`system`."""

    name: str
    function: Callable[..., Any]
    task: Task = "summaries"
    version: str = ""

    def __call__(self, *arguments: Any) -> Any:
        """Calls the function."""
        return self.function(*arguments)

    def _native(self) -> _native.System:
        python = f"Python {platform.python_version()}, a callable in the process of the run"
        version = f"{self.version}, {python}" if self.version else python
        return _native.System(
            self.name,
            self.task == "keyphrases",
            self.function,
            Document,
            Budget,
            version,
            f"callable {_path(self.function)}",
            _digest(self.function),
        )


@dataclass(frozen=True)
class Metric:
    """A callable with the name that tables have for it: see :func:`metric`."""

    name: str
    function: Callable[..., Any]
    task: Task = "summaries"
    better: Literal["higher", "lower", "neither"] = "higher"
    lowest: float | None = None
    highest: float | None = None

    def __call__(self, *arguments: Any) -> Any:
        """Calls the function."""
        return self.function(*arguments)

    def _native(self) -> _native.Metric:
        better = {"higher": True, "lower": False, "neither": None}
        if self.better not in better:
            raise _errors.refused("better", f"`{self.better}`", "`higher`, `lower` or `neither`")
        return _native.Metric(
            self.name,
            self.task == "keyphrases",
            self.function,
            better[self.better],
            (self.lowest, self.highest),
            _digest(self.function)[:16],
        )


def system(
    function: Callable[..., Any],
    name: str | None = None,
    *,
    task: Task = "summaries",
    version: str = "",
) -> System:
    """A callable as a system of a run.

    Args:
        function: Of summaries ``(document, budget) -> list[int]``: numbers of sentences, the
            best first, within the budget; or a text of its own words. Of keyphrases
            ``(document, limit) -> list[str]``, or ``list[tuple[str, float]]`` with scores.
            An exception in it is a failure on that document, with its traceback.
        name: Its name in tables; by default from the name of the function.
        task: ``summaries`` or ``keyphrases``.
        version: Its version in the manifest.

    It runs in the process, one document after the other, and `plugin_timings.csv` has its
    times. It never sees references.
    """
    return System(_name(function, name), _callable(function), _task(task), version)


def metric(
    function: Callable[..., Any],
    name: str | None = None,
    *,
    task: Task = "summaries",
    better: Literal["higher", "lower", "neither"] = "higher",
    lowest: float | None = None,
    highest: float | None = None,
) -> Metric:
    """A callable as a metric.

    Args:
        function: Of summaries ``(candidate: str, references: list[str]) -> float``; of
            keyphrases ``(phrases: list[str], gold: list[str]) -> float``. A document on which it
            raises is a failure of the metric.
        name: Its name in tables; by default from the name of the function.
        task: The outputs that it measures: ``summaries`` or ``keyphrases``.
        better: Which values are good.
        lowest, highest: The bounds of its values; ``None`` if there are none. A failed system
            has the worst value, or is left out of the mean if there is none.
    """
    name = _name(function, name)
    return Metric(name, _callable(function), _task(task), better, lowest, highest)


def natives(
    place: str, named: Sequence[Any], kind: type[System] | type[Metric]
) -> list[Any]:
    """Specs as they are, callables as the library takes them."""
    make: Callable[..., System | Metric] = system if kind is System else metric
    found: list[Any] = []
    for at, one in enumerate(named):
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, kind):
            found.append(one._native())
        elif isinstance(one, (System, Metric)):
            raise _errors.mistyped(f"{place}[{at}]", one, "a name or a callable")
        elif callable(one):
            found.append(make(one)._native())
        else:
            raise _errors.mistyped(f"{place}[{at}]", one, "a name or a callable")
    return found


def _task(task: str) -> Any:
    if task not in ("summaries", "keyphrases"):
        raise _errors.refused("task", f"`{task}`", "`summaries` or `keyphrases`")
    return task


def _callable(function: object) -> Any:
    if not callable(function):
        raise _errors.mistyped("function", function, "a callable")
    return function


def _name(function: Any, name: str | None) -> str:
    if name is None:
        inner = getattr(function, "func", function)  # of a partial
        own = getattr(inner, "__name__", None) or type(inner).__name__
        if own == "<lambda>":
            raise _errors.InputError(
                "a lambda has no name for tables", "`epitome.system(function, 'name')` names it"
            )
        name = own.strip("_")
    kebab = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not kebab:
        raise _errors.refused("name", f"`{name}`", "letters and digits")
    return kebab


def _path(function: Any) -> str:
    inner = getattr(function, "func", function)
    module = getattr(inner, "__module__", None) or type(inner).__module__
    own = getattr(inner, "__qualname__", None) or type(inner).__qualname__
    return f"{module}.{own}"


def _digest(function: Any) -> str:
    """A digest of a callable's source, or of its code."""
    import hashlib
    import inspect

    inner = getattr(function, "func", function)
    try:
        text = inspect.getsource(inner if hasattr(inner, "__name__") else type(inner))
    except (OSError, TypeError):
        code = getattr(inner, "__code__", None)
        text = _path(function) if code is None else repr((code.co_code, code.co_names))
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=32).hexdigest()
