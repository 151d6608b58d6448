"""``rouge_score.rouge_scorer``: ROUGE-N, ROUGE-L and ROUGE-Lsum."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from ... import _errors, _native
from ..._length import number_of_jobs, string
from . import scoring, tokenizers
from .batch import ScoreBatch
from .scoring import Score

Profile = Literal["rouge-score-0.1.2", "unicode", "rouge-1.5.5"]

_PROFILES = ("rouge-score-0.1.2", "unicode", "rouge-1.5.5")


class RougeScorer(scoring.BaseScorer):
    """ROUGE of predictions against targets.

    >>> scorer = RougeScorer(["rouge1", "rougeL"], use_stemmer=True)
    >>> scorer.score("the cat sat", "the cats sat")["rouge1"].fmeasure
    1.0

    ``profile="unicode"`` reads every script, which rouge-score does not: it scores texts without
    ASCII letters 0. ``profile="rouge-1.5.5"`` is the original script; it has no ``rougeLsum``.
    """

    def __init__(
        self,
        rouge_types: Sequence[str],
        use_stemmer: bool = False,
        split_summaries: bool | Literal["nltk", "epitome"] = False,
        tokenizer: Any = None,
        *,
        profile: Profile = "rouge-score-0.1.2",
    ) -> None:
        """A scorer.

        Args:
            rouge_types: ``rouge1`` to ``rouge9``, ``rougeL``, ``rougeLsum``.
            use_stemmer: Whether words are stemmed.
            split_summaries: Whether ``rougeLsum`` finds sentences by itself instead of taking
                lines: by nltk, as rouge-score does. If nltk or its data are not there, epitome's
                own are taken, and a warning says so; ``"nltk"`` and ``"epitome"`` leave no choice.
            tokenizer: An object with ``tokenize(text) -> list[str]``, in place of the words of
                the profile.
            profile: Whose words and scores.
        """
        if isinstance(rouge_types, str):
            raise _errors.mistyped("rouge_types", rouge_types, "a list of names")
        if profile not in _PROFILES:
            raise _errors.refused("profile", f"`{profile}`", f"one of {', '.join(_PROFILES)}")
        if split_summaries not in (False, True, "nltk", "epitome"):
            found = f"`{split_summaries}`"
            raise _errors.refused("split_summaries", found, "True, False, `nltk` or `epitome`")
        self.rouge_types = rouge_types
        self.profile = profile
        self._use_stemmer = bool(use_stemmer)
        self._tokenizer = tokenizer or tokenizers.DefaultTokenizer(use_stemmer)
        self._is_own = not tokenizer
        self._split_summaries = split_summaries
        self._rouge: dict[str, Any] = {}

    def score(self, target: str, prediction: str) -> dict[str, Score]:
        """The scores of a prediction against a target.

        Raises:
            ValueError: There is no such type, or a text is not Unicode.
            TypeError: A text is no string.
        """
        return self._best([string("target", target)], string("prediction", prediction))

    def score_multi(self, targets: Sequence[str], prediction: str) -> dict[str, Score]:
        """The scores against the target with the highest F1, type by type."""
        if isinstance(targets, str):
            raise _errors.mistyped("targets", targets, "a list of strings")
        known = [string(f"targets[{at}]", target) for at, target in enumerate(targets)]
        if not known:
            raise _errors.refused("targets", "empty", "at least one target")
        return self._best(known, string("prediction", prediction))

    def score_batch(
        self,
        targets: Iterable[str | Sequence[str]],
        predictions: Iterable[str],
        *,
        jobs: int | None = None,
    ) -> ScoreBatch:
        """The scores of many pairs at once, on ``jobs`` threads (all cores by default) and
        without the interpreter lock: a sequence of what :meth:`score` returns for each, of which
        :meth:`ScoreBatch.table` has the numbers in columns. A target that is a list is scored
        as by :meth:`score_multi`."""
        jobs = number_of_jobs(jobs)
        groups = self._groups()
        if self._is_own and not self._split_summaries and len(groups) == 1:
            return ScoreBatch(groups[0].batch(targets, predictions, Score, jobs))
        targets, predictions = list(targets), list(predictions)
        if len(targets) != len(predictions):
            counts = f"{len(targets)} targets and {len(predictions)} predictions"
            raise _errors.InputError(counts)
        scores = [
            self.score(target, prediction)
            if isinstance(target, str)
            else self.score_multi(target, prediction)
            for target, prediction in zip(targets, predictions, strict=True)
        ]
        return ScoreBatch(scores)

    def _best(self, targets: list[str], prediction: str) -> dict[str, Score]:
        result: dict[str, Score] = {}
        by_lines = ([*targets], prediction)
        plain = by_lines
        if "rougeLsum" in self.rouge_types and self._split_summaries:
            by_lines = ([self._split(it) for it in targets], self._split(prediction))
        if not self._is_own:
            numbers: dict[str, int] = {}
            plain = self._numbered(plain, numbers)
            by_lines = self._numbered(by_lines, numbers, lines=True)
        for rouge_type in self.rouge_types:
            texts = by_lines if rouge_type == "rougeLsum" else plain
            result[rouge_type] = Score(*self._one(rouge_type).score(*texts)[0])
        return result

    def _numbered(
        self,
        texts: tuple[list[str], str],
        numbers: dict[str, int],
        lines: bool = False,
    ) -> tuple[list[str], str]:
        """The texts with a number for each different token of the tokenizer's: all that ROUGE
        asks of tokens is which are equal."""

        def numbered(text: str) -> str:
            tokens = self._tokenizer.tokenize(text)
            return " ".join(str(numbers.setdefault(token, len(numbers))) for token in tokens)

        def of(text: str) -> str:
            if not lines:
                return numbered(text)
            return "\n".join(numbered(line) for line in text.split("\n") if line)

        targets, prediction = texts
        return [of(target) for target in targets], of(prediction)

    def _split(self, text: str) -> str:
        """The sentences of a text, one per line."""
        if self._split_summaries != "epitome":
            try:
                import nltk  # type: ignore[import-not-found,import-untyped,unused-ignore]

                return "\n".join(nltk.sent_tokenize(text))
            except (ImportError, LookupError) as error:
                if self._split_summaries == "nltk":
                    raise
                warnings.warn(
                    "sentences are epitome's, not nltk's, which is not there with its data: "
                    f"{type(error).__name__}; `split_summaries='epitome'` asks for them",
                    stacklevel=5,
                )
        return "\n".join(_native.sentences(text, "en"))

    def _one(self, rouge_type: str) -> Any:
        """The scorer of one type."""
        if rouge_type not in self._rouge:
            self._rouge[rouge_type] = self._made([rouge_type])
        return self._rouge[rouge_type]

    def _groups(self) -> list[Any]:
        """The scorer of all types at once."""
        if "" not in self._rouge:
            self._rouge[""] = self._made(list(dict.fromkeys(self.rouge_types)))
        return [self._rouge[""]]

    def _made(self, rouge_types: list[str]) -> Any:
        types = [(name, self._spec(name)) for name in rouge_types]
        parameters: list[tuple[str, str]] = []
        if self.profile != _PROFILES[0]:
            parameters.append(("profile", self.profile))
        if self._use_stemmer and self._is_own:
            parameters.append(("stemmer", "true"))
        return _native.Rouge(types, parameters)

    def _spec(self, rouge_type: str) -> str:
        if rouge_type == "rougeL":
            return "rouge-l"
        if rouge_type == "rougeLsum":
            if self.profile == "rouge-1.5.5":
                raise ValueError(f"Invalid rouge type: {rouge_type}: rouge-1.5.5 calls it rougeL")
            return "rouge-lsum"
        if re.match(r"rouge[0-9]$", rouge_type):
            if rouge_type == "rouge0":
                raise ValueError(f"rougen requires positive n: {rouge_type}")
            return f"rouge-{rouge_type[5]}"
        raise ValueError(f"Invalid rouge type: {rouge_type}")

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_rouge": {}}


def _lcs_table(ref: Sequence[Any], can: Sequence[Any]) -> list[list[int]]:
    """Lengths of the longest common subsequences of all beginnings."""
    table = [[0] * (len(can) + 1)]
    for wanted in ref:
        above, row = table[-1], [0]
        for at, found in enumerate(can):
            row.append(above[at] + 1 if wanted == found else max(above[at + 1], row[at]))
        table.append(row)
    return table


def _backtrack_norec(t: list[list[int]], ref: Sequence[Any], can: Sequence[Any]) -> list[int]:
    """The places in ``ref`` of the subsequence that the table leads back to."""
    places: list[int] = []
    row, column = len(ref), len(can)
    while row and column:
        if ref[row - 1] == can[column - 1]:
            row, column = row - 1, column - 1
            places.append(row)
        elif t[row][column - 1] > t[row - 1][column]:
            column -= 1
        else:
            row -= 1
    return places[::-1]


def lcs_ind(ref: Sequence[Any], can: Sequence[Any]) -> list[int]:
    """The places in ``ref`` of one longest common subsequence."""
    return _backtrack_norec(_lcs_table(ref, can), ref, can)


def _find_union(lcs_list: Iterable[Iterable[int]]) -> list[int]:
    """All places, ascending."""
    return sorted(set().union(*lcs_list))


def _union_lcs(ref: Sequence[Any], c_list: Iterable[Sequence[Any]]) -> list[Any]:
    """The tokens of ``ref`` in its common subsequence with any of the candidates."""
    return [ref[at] for at in _find_union(lcs_ind(ref, candidate) for candidate in c_list)]


def _summary_level_lcs(
    ref_sent: Sequence[Sequence[Any]], can_sent: Sequence[Sequence[Any]]
) -> Score:
    """ROUGE-Lsum of sentences that are lists of tokens."""
    numbers: dict[Any, int] = {}

    def lines(sentences: Sequence[Sequence[Any]]) -> str:
        number = lambda token: str(numbers.setdefault(token, len(numbers)))  # noqa: E731
        return "\n".join(" ".join(map(number, sentence)) for sentence in sentences)

    rouge = _native.Rouge([("rougeLsum", "rouge-lsum")], [])
    return Score(*rouge.score([lines(ref_sent)], lines(can_sent))[0])
