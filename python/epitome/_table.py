"""Tables that every library of tables reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from . import _errors, _native

_SHOWN = 20


class Table:
    """A table of results.

    ``polars.DataFrame(table)``, ``pyarrow.table(table)``, ``pandas.DataFrame.from_arrow(table)``
    and DuckDB read it without a copy by Arrow's C stream interface; no library of tables is
    needed. Columns are text, whole numbers or numbers; an unknown cell is ``None``. The columns
    of a run's tables are explained in ``docs/results.md``.
    """

    __slots__ = ("_columns",)

    def __init__(self, columns: Mapping[str, Sequence[Any]] | _native.Columns) -> None:
        """A table of these columns, which are of equal length."""
        if isinstance(columns, _native.Columns):
            self._columns = columns
        else:
            kinds = [(name, _kind(name, values), values) for name, values in columns.items()]
            self._columns = _native.Columns(kinds)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [name for name, _ in self._columns.schema()]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._columns)

    def __getitem__(self, column: str) -> list[Any]:
        """The values of a column."""
        names = self.columns
        if column not in names:
            there = ", ".join(f"`{name}`" for name in names)
            raise KeyError(f"no column `{column}`; there are {there}")
        return self._columns.column(names.index(column))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, each a dictionary."""
        names = self.columns
        columns = [self._columns.column(at) for at in range(len(names))]
        for cells in zip(*columns, strict=True):
            yield dict(zip(names, cells, strict=True))

    def rows(self, **equal: Any) -> list[dict[str, Any]]:
        """The rows whose cells equal these: ``scores.rows(system="lead", metric="rouge-1")``."""
        for name in equal:
            if name not in self.columns:
                self[name]
        wanted = equal.items()
        return [row for row in self if all(row[name] == value for name, value in wanted)]

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns by their names."""
        return {name: self[name] for name in self.columns}

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A capsule with an ``ArrowArrayStream``; another schema is not made."""
        return self._columns.arrow_c_stream()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        kinds = [(name, kind, self[name]) for name, kind in self._columns.schema()]
        return _table, (kinds,)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.columns)}>"

    def __str__(self) -> str:
        rows = [[_text(cell) for cell in row.values()] for row in self._first()]
        lines = [self.columns, *rows]
        widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
        text = "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )
        return text + self._more("\n… and {} rows more")

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_text(cell))}</td>" for cell in row.values()) + "</tr>"
            for row in self._first()
        )
        more = self._more("<p>… and {} rows more</p>")
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _first(self) -> list[dict[str, Any]]:
        return [row for row, _ in zip(self, range(_SHOWN), strict=False)]

    def _more(self, text: str) -> str:
        return text.format(len(self) - _SHOWN) if len(self) > _SHOWN else ""


def _table(kinds: list[tuple[str, str, list[Any]]]) -> Table:
    return Table(_native.Columns(kinds))


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


def _kind(name: str, values: Sequence[Any]) -> str:
    known = [value for value in values if value is not None]
    if all(isinstance(value, str) for value in known):
        return "text"
    if all(isinstance(value, int) and not isinstance(value, bool) for value in known):
        return "whole"
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in known):
        return "real"
    raise _errors.InputTypeError(f"`{name}` is neither a column of texts nor one of numbers")
