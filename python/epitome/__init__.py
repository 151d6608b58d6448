"""Benchmark extractive summarisers and keyword extractors, and score texts by ROUGE.

>>> import epitome
>>> epitome.summarise("One. Two. Three.", "lead", sentences=1).text
'One.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._errors import (
    Error,
    InputError,
    InputTypeError,
    InterruptedRun,
    NotComparableError,
    NothingToDoError,
)

if TYPE_CHECKING:
    from ._callables import Budget, Document, Metric, System, metric, system
    from ._one import Keyphrase, Keyphrases, Summary, keywords, list_names, sentences, summarise
    from ._pairs import Scores, score
    from ._run import run
    from ._runs import Comparison, Gate, Run, open_run
    from ._table import Table

__version__: str

__all__ = [
    "Budget",
    "Comparison",
    "Document",
    "Error",
    "Gate",
    "InputError",
    "InputTypeError",
    "InterruptedRun",
    "Keyphrase",
    "Keyphrases",
    "Metric",
    "NotComparableError",
    "NothingToDoError",
    "Run",
    "Scores",
    "Summary",
    "System",
    "Table",
    "keywords",
    "list_names",
    "metric",
    "open_run",
    "run",
    "score",
    "sentences",
    "summarise",
    "system",
]

# imported on first access, so that `import epitome` is fast
_HOMES = {
    "Budget": "_callables",
    "Comparison": "_runs",
    "Document": "_callables",
    "Gate": "_runs",
    "Keyphrase": "_one",
    "Keyphrases": "_one",
    "Metric": "_callables",
    "Run": "_runs",
    "Scores": "_pairs",
    "Summary": "_one",
    "System": "_callables",
    "Table": "_table",
    "keywords": "_one",
    "list_names": "_one",
    "metric": "_callables",
    "open_run": "_runs",
    "run": "_run",
    "score": "_pairs",
    "sentences": "_one",
    "summarise": "_one",
    "system": "_callables",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from ._native import version

        globals()[name] = version()
        return globals()[name]
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'epitome' has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
