"""The exceptions of the package."""

from __future__ import annotations


class Error(Exception):
    """An error of epitome. ``str(error)`` is the message with its hint.

    Attributes:
        message: What happened, and where.
        hint: What to do about it; empty if there is no hint.
        place: The argument or file with the error, such as ``corpus[3]``; empty if it is only in the message.
        found: What was found there; empty if it is only in the message.
        wanted: What was expected there; empty if it is only in the message.
    """

    message: str
    hint: str
    place: str
    found: str
    wanted: str

    def __init__(
        self,
        message: str,
        hint: str = "",
        place: str = "",
        found: str = "",
        wanted: str = "",
    ) -> None:
        super().__init__(message, hint, place, found, wanted)
        self.message = message
        self.hint = hint
        self.place = place
        self.found = found
        self.wanted = wanted

    def __str__(self) -> str:
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message


class InputError(Error, ValueError):
    """An argument, a file or a record is not what it must be."""


class InputTypeError(Error, TypeError):
    """An argument or a part of it is of a wrong type."""


class NotComparableError(Error, ValueError):
    """Runs or systems cannot be compared: their texts, budgets or signatures differ."""


class NothingToDoError(Error, ValueError):
    """There is nothing to do or to measure."""


class InterruptedRun(Error):
    """A run was stopped; the rows of the documents before are complete."""


_KINDS: dict[str, type[Error]] = {
    "input": InputError,
    "type": InputTypeError,
    "not comparable": NotComparableError,
    "nothing to do": NothingToDoError,
    "interrupted": InterruptedRun,
}


def made(kind: str, text: str) -> Error:
    """An error of ``kind`` from a message of the library, whose hint is a line of its own."""
    message, _, hint = text.partition("\nhint: ")
    head, separator, _ = message.partition(": ")
    place = head if separator and " " not in head.strip("`") else ""
    if not place and message.startswith("`"):
        place = message[1:].partition("`")[0]
    return _KINDS.get(kind, Error)(message, hint, place)


def refused(place: str, found: str, wanted: str, hint: str = "") -> InputError:
    """An input that is not what it must be."""
    return InputError(f"`{place}` is {found}, not {wanted}", hint, place, found, wanted)


def mistyped(place: str, value: object, wanted: str, hint: str = "") -> InputTypeError:
    """An input of a wrong type."""
    found = "None" if value is None else f"of the type `{type(value).__name__}`"
    return InputTypeError(f"`{place}` is {found}, not {wanted}", hint, place, found, wanted)
