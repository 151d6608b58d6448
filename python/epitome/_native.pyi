"""
The functions behind the package `epitome`.
"""

from _typeshed import Incomplete, SupportsGetItem, SupportsLenAndGetItem
from os import PathLike
from typing_extensions import CapsuleType
from typing import Any, SupportsFloat, SupportsIndex, final

__all__ = ["Batch", "Columns", "Metric", "Rouge", "System", "compare", "find", "gate", "keywords", "main", "manifest", "names", "newest", "quantiles", "report", "run", "score", "sentences", "stem", "summarise", "table", "text", "version"]

@final
class Batch:
    """
    The scores of many pairs. Python's objects are made of them when they are read.
    """
    def __getitem__(self, at: Any, /) -> Any:
        """
        Returns the scores of a pair by type, or a list of them for a slice.
        """
    def __len__(self, /) -> int: ...
    def columns(self, /) -> Columns:
        """
        Returns a table with a row for each pair, and three columns for each type:
        `rouge1_precision`, `rouge1_recall`, `rouge1_fmeasure`.
        """

@final
class Columns:
    """
    A table in columns of equal length.
    """
    def __len__(self, /) -> int: ...
    def __new__(cls, /, columns: SupportsGetItem[int, tuple[str, str, Any]]) -> Columns:
        """
        A table of these columns: name, kind (`text`, `whole`, `real`), values.
        """
    def arrow_c_stream(self, /) -> CapsuleType:
        """
        A capsule with an `ArrowArrayStream` of one batch.
        """
    def column(self, /, at: SupportsIndex) -> list[Any]:
        """
        The values of a column; unknown ones are `None`.
        """
    def schema(self, /) -> list[tuple[str, str]]:
        """
        The names of the columns with their kinds.
        """

@final
class Metric:
    """
    A callable that is a metric.
    """
    def __new__(cls, /, name: str, is_of_phrases: bool, function: Any, higher_is_better: bool | None, bounds: tuple[SupportsFloat | SupportsIndex | None, SupportsFloat | SupportsIndex | None], program: str) -> Metric: ...

@final
class Rouge:
    """
    ROUGE of some types under one profile.
    """
    def __new__(cls, /, types: SupportsGetItem[int, tuple[str, str]], parameters: SupportsGetItem[int, tuple[str, str]]) -> Rouge:
        """
        `types` are names of ours with rouge-score's: `[("rouge1", "rouge-1")]`, and
        `parameters` what all of them take: `profile=unicode, stemmer=true`.
        """
    def batch(self, /, targets: Any, predictions: Any, kind: Any, jobs: SupportsIndex | None) -> Batch:
        """
        Scores many pairs on `jobs` threads as `score` does; `kind` is the named tuple of a
        score.
        """
    def score(self, /, targets: SupportsGetItem[int, str], prediction: str) -> list[list[float]]:
        """
        Precision, recall and F1 of each type, against the best of the targets.
        """

@final
class System:
    """
    A callable that is a system, with what the manifest says of it.
    """
    def __new__(cls, /, name: str, is_extractor: bool, function: Any, document: Any, budget: Any, version: str, command: str, program: str) -> System: ...

def compare(runs: SupportsGetItem[int, str | PathLike[str]], systems: SupportsGetItem[int, str], metric: str | None, field: str, how: Incomplete) -> list[dict[str, Any]]:
    """
    Compares systems of one or two runs, document by document.
    """

def find(name: str | PathLike[str], results: str | PathLike[str]) -> str:
    """
    The folder of a run, which is made fit to be read.
    """

def gate(runs: SupportsGetItem[int, str | PathLike[str]], systems: SupportsGetItem[int, str], conditions: str, rounds: SupportsIndex, how: Incomplete) -> list[tuple[str, bool, str]]:
    """
    Judges the conditions of a gate: each as it was written, whether it holds, what was found.
    """

def keywords(text: str, title: str, system: str, limit: SupportsIndex, language: str | None, keep_boilerplate: bool) -> tuple[str, str, list[tuple[str, float, list[tuple[int, int]]]]]:
    """
    Extracts keyphrases from a text: the extractor's name and signature, and its phrases.
    """

def main(arguments: SupportsGetItem[int, str]) -> int:
    """
    The program `epitome` with these arguments, the first of which is its name; returns
    its exit code.
    """

def manifest(folder: str | PathLike[str]) -> str:
    """
    The text of `manifest.json`.
    """

def names() -> list[list[tuple[str, str]]]:
    """
    The names of what is built in, each with a line on it: summarisers, keyword extractors,
    metrics.
    """

def newest(results: str | PathLike[str]) -> str:
    """
    The folder of the run among the results that began last.
    """

def quantiles(metrics: SupportsGetItem[int, SupportsGetItem[int, SupportsLenAndGetItem[SupportsFloat | SupportsIndex]]], state: tuple[SupportsGetItem[int, SupportsIndex], SupportsIndex] | None, seed: SupportsIndex, resamples: SupportsIndex, confidence: SupportsFloat | SupportsIndex) -> tuple[list[list[list[float]]], tuple[list[int], int]]:
    """
    Quantiles of the resamples' means of three columns at a time, as rouge-score's aggregator
    draws them from numpy's generator in `state`; returns the state after the draws.
    """

def report(runs: SupportsGetItem[int, str | PathLike[str]], page: str | PathLike[str], anywhere: bool) -> list[tuple[str, str]]:
    """
    Writes runs as one page; `anywhere` reads texts from corpora outside of the current
    folder too. Returns for each corpus whose texts are not all in the page its name and the
    reason.
    """

def run(asked: dict[str, Any], progress: Any | None) -> dict[str, Any]:
    """
    Runs systems on corpora. `progress` is called with the bytes that are done, those that
    there are, and the documents that are done. Returns the folder, and what the run says at
    its end.
    """

def score(pairs: SupportsGetItem[int, str], metrics: SupportsGetItem[int, str | Metric], seed: SupportsIndex, resamples: SupportsIndex, jobs: SupportsIndex | None) -> tuple[Columns, Columns]:
    """
    Scores pairs, each a line of JSON as `epitome score` reads it. Returns a table of every
    pair and one of means.
    """

def sentences(text: str, language: str | None) -> list[str]:
    """
    The sentences of a text.
    """

def stem(word: str) -> str:
    """
    The stem of a word of ASCII letters, as NLTK's Porter stemmer has it.
    """

def summarise(text: str, title: str, system: str, length: tuple[str, SupportsFloat | SupportsIndex], language: str | None, keep_boilerplate: bool, query: str) -> tuple[str, list[str], list[int], list[float | None] | None]:
    """
    Summarises a text.
    """

def table(folder: str | PathLike[str], file: str) -> Columns:
    """
    A table of a run.
    """

def text(folder: str | PathLike[str], format: str) -> str:
    """
    The leaderboard, drawn: `text`, `markdown`, `latex`, `csv` or `json`.
    """

def version() -> str:
    """
    The version of the package.
    """
