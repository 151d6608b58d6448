"""The scores of many pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from ... import _native
from ..._table import Table
from .scoring import Score

Scores = dict[str, Score]


class ScoreBatch(Sequence[Scores]):
    """The scores of many pairs, as a sequence of what ``RougeScorer.score`` returns.

    The objects of a pair are made when the pair is read; ``list(batch)`` makes all of them.
    :meth:`table` has the numbers in columns without making any.
    """

    __slots__ = ("_pairs",)

    def __init__(self, pairs: _native.Batch | list[Scores]) -> None:
        """The scores of these pairs."""
        self._pairs = pairs

    def table(self) -> Table:
        """A row for each pair, and for each type the columns ``rouge1_precision``,
        ``rouge1_recall`` and ``rouge1_fmeasure``, from 0 to 1.

        ``polars.DataFrame(batch.table())``, pandas, pyarrow and DuckDB read it without a copy.
        """
        if isinstance(self._pairs, _native.Batch):
            return Table(self._pairs.columns())
        types = self._pairs[0] if self._pairs else {}
        return Table(
            {
                f"{name}_{field}": [getattr(scores[name], field) for scores in self._pairs]
                for name in types
                for field in Score._fields
            }
        )

    @overload
    def __getitem__(self, at: int) -> Scores: ...
    @overload
    def __getitem__(self, at: slice) -> list[Scores]: ...
    def __getitem__(self, at: Any) -> Any:
        """The scores of a pair by type, or a list of them for a slice."""
        return self._pairs[at]

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self._pairs)

    def __iter__(self) -> Iterator[Scores]:
        """The scores of each pair by type."""
        return iter(self._pairs)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (ScoreBatch, list, tuple)):
            return NotImplemented
        return list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return ScoreBatch, (list(self),)

    def __repr__(self) -> str:
        return f"<ScoreBatch of {len(self)} pairs>"
