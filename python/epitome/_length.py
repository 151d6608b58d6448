"""How long a summary may be."""

from __future__ import annotations

from . import _errors


def length(
    sentences: int | None,
    words: int | None,
    bytes: int | None,  # the name of the unit
    ratio: float | None,
) -> tuple[str, float]:
    """The unit and the amount of the one limit that is given; 3 sentences if none is."""
    given = {"sentences": sentences, "words": words, "bytes": bytes, "ratio": ratio}
    limits = {name: value for name, value in given.items() if value is not None}
    if len(limits) > 1:
        names = "` and `".join(limits)
        raise _errors.InputError(f"`{names}` are given: a summary has one limit")
    for name, value in limits.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise _errors.mistyped(name, value, "a number")
        if name == "ratio":
            if not 0 < value <= 1:
                raise _errors.refused(name, str(value), "a share above 0 and at most 1")
        else:
            whole(name, value)
        return name, float(value)
    return "sentences", 3.0


def whole(name: str, value: object, least: int = 1, most: int = 2**53) -> int:
    """A whole number in these bounds."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise _errors.mistyped(name, value, "a whole number")
    number: int = value.__index__()
    if not least <= number <= most:
        text = str(number) if abs(number) < 10**20 else "a number of many digits"
        raise _errors.refused(name, text, f"a whole number from {least} to {most}")
    return number


def number_of_jobs(jobs: int | None) -> int | None:
    """Threads; all cores for ``None``."""
    return None if jobs is None else whole("jobs", jobs, 1, 1024)


def string(name: str, value: object) -> str:
    """A text without lone surrogates."""
    if not isinstance(value, str):
        raise _errors.mistyped(name, value, "a string")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            wanted = "a text"
            found = f"not Unicode: a lone surrogate at character {error.start}"
            raise _errors.InputError(f"`{name}` is {found}", "", name, found, wanted) from None
    return value
