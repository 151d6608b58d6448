"""Corpora that are objects of Python: written as JSON Lines, so that the command line reads
the same run."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from . import _errors

_TEXTS = ("text", "documents", "tagged")


def opened(corpus: Any, results: Path, fields: Mapping[str, str], name: str) -> list[str]:
    """Return the argument of the command line for a corpus, or for each of several."""
    if isinstance(corpus, (str, os.PathLike)):
        return [os.fspath(corpus)]
    if isinstance(corpus, Mapping):
        if any(field in corpus for field in _TEXTS):
            hint = "a corpus is a list of records: `[record]`"
            raise _errors.InputTypeError("`corpus` is one record, not a corpus", hint)
        return [_named(own, part, results, fields) for own, part in corpus.items()]
    if isinstance(corpus, (list, tuple)) and corpus:
        if all(isinstance(part, (str, os.PathLike)) for part in corpus):
            return [os.fspath(part) for part in corpus]
    return [_written(name, corpus, results, fields)]


def _named(name: object, part: Any, results: Path, fields: Mapping[str, str]) -> str:
    if not isinstance(name, str):
        raise _errors.mistyped("corpus", name, "names of corpora with their records")
    if isinstance(part, (str, os.PathLike)):
        return f"{name}={os.fspath(part)}"
    return _written(name, part, results, fields)


def _written(name: str, records: Any, results: Path, fields: Mapping[str, str]) -> str:
    """Writes records below the results, named after what they hold; returns `name=path`."""
    folder = results / "corpora"
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.blake2b(digest_size=8)
    draft = tempfile.NamedTemporaryFile("wb", dir=folder, prefix=".", delete=False)
    try:
        with draft:
            for line in _lines(name, records, fields):
                digest.update(line)
                draft.write(line)
        path = folder / f"{name}-{digest.hexdigest()}.jsonl"
        os.chmod(draft.name, 0o644)
        os.replace(draft.name, path)
    except BaseException:
        os.unlink(draft.name)
        raise
    return f"{name}={path}"


def _lines(name: str, records: Any, fields: Mapping[str, str]) -> Iterable[bytes]:
    if hasattr(records, "to_dicts"):  # polars
        records = records.to_dicts()
    elif hasattr(records, "to_dict") and hasattr(records, "iloc"):  # pandas
        records = records.to_dict("records")
    try:
        iterator = iter(records)
    except TypeError:
        wanted = "a path, a list of dicts, or a data set of them"
        raise _errors.mistyped("corpus", records, wanted) from None
    at = 0
    while True:
        place = f"{name}[{at}]"
        try:
            record = next(iterator)
        except StopIteration:
            break
        except Exception as error:
            message = f"`{place}`: the iterable raised {type(error).__name__}: {error}"
            raise _errors.InputError(message, "", place) from error
        yield _line(place, record, fields)
        at += 1
    if at == 0:
        raise _errors.NothingToDoError(f"nothing to do: `{name}` holds no records", "", name)


def _line(place: str, record: Any, fields: Mapping[str, str]) -> bytes:
    if not isinstance(record, Mapping):
        raise _errors.mistyped(place, record, "a dict")
    ours = {theirs: own for own, theirs in fields.items()}
    named = {ours.get(field, field): value for field, value in record.items()}
    if not any(named.get(field) is not None for field in _TEXTS):
        there = ", ".join(f"`{field}`" for field in record) or "nothing"
        hint = 'fields={"text": "article", "summaries": "highlights"} says which is which'
        raise _errors.InputError(f"`{place}` has no `text`, but {there}", hint, place)
    for field in ("id", "text", "title", "lang"):
        value = named.get(field)
        is_number = field == "id" and isinstance(value, int)
        if value is not None and not isinstance(value, str) and not is_number:
            raise _errors.mistyped(f"{place}.{field}", value, "a string")
    for field in ("summaries", "keyphrases", "documents"):
        value = named.get(field)
        if value is None or isinstance(value, str):
            continue
        if not isinstance(value, Iterable):
            raise _errors.mistyped(f"{place}.{field}", value, "a string or a list of strings")
        named[field] = list(value)
        for number, text in enumerate(named[field]):
            if not isinstance(text, str):
                raise _errors.mistyped(f"{place}.{field}[{number}]", text, "a string")
    try:
        text = json.dumps(named, ensure_ascii=False, allow_nan=False, default=_plain)
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        found = "not Unicode: a lone surrogate"
        raise _errors.InputError(f"`{place}` is {found}", "", place, found, "a text") from None
    except (TypeError, ValueError) as error:
        raise _errors.InputError(f"`{place}` is no JSON: {error}", "", place) from None


def _plain(value: Any) -> Any:
    for name in ("tolist", "isoformat"):  # of numpy, of dates
        if hasattr(value, name):
            return getattr(value, name)()
    raise TypeError(f"a value of the type `{type(value).__name__}`")
