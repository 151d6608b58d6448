"""One text, and texts made elsewhere."""

import json
import pickle

import pytest
from conftest import SUMMARIES, TEXTS

import epitome


def test_a_summary_is_that_of_the_command(command, tmp_path):
    file = tmp_path / "text.txt"
    file.write_text(TEXTS[0])
    for system in ("lead", "text-rank(damping=0.9)", "epitome"):
        found = epitome.summarise(TEXTS[0], system, words=20)
        wanted = json.loads(command("summarise", file, "--system", system, "--words", 20, "--json"))["data"]
        assert (found.system, list(found.sentences)) == (wanted["system"], wanted["sentences"])
        assert list(found.picks) == wanted["picks"]
        assert found.scores is None or list(found.scores) == wanted["scores"]
    assert epitome.summarise("One. Two.", "lead", sentences=1).text == "One."
    assert epitome.summarise("", "lead").text == ""
    assert pickle.loads(pickle.dumps(found)) == found


def test_offsets_of_keyphrases_are_characters():
    text = "Zürich: der Zürichsee. Die Altstadt von Zürich liegt am Zürichsee."
    found = epitome.keywords(text, "yake", limit=3, language="de")
    assert 0 < len(found) <= 3
    for phrase in found:
        for start, end in phrase.offsets:
            assert text[start:end].lower() == phrase.text.lower()
    assert pickle.loads(pickle.dumps(found)) == found


def test_what_is_built_in_has_names():
    names = epitome.list_names()
    assert {"lead", "text-rank"} <= names["summarisers"].keys()
    assert "yake" in names["extractors"] and "rouge-1" in names["metrics"]


def test_a_system_of_the_other_kind_is_refused_with_a_hint():
    with pytest.raises(epitome.InputError) as refusal:
        epitome.summarise("One. Two.", "yake")
    assert "epitome.keywords" in refusal.value.hint
    with pytest.raises(epitome.InputError, match="lexrank") as refusal:
        epitome.summarise("One.", "lexrank")
    assert "lex-rank" in refusal.value.hint
    with pytest.raises(epitome.InputError, match="`sentences` and `words`|`sentences` and `words"):
        epitome.summarise("One.", sentences=1, words=2)


def test_scores_are_those_of_the_command(command, tmp_path):
    pairs = tmp_path / "pairs.jsonl"
    with pairs.open("w") as out:
        for text, summary in zip(TEXTS, SUMMARIES, strict=True):
            print(json.dumps({"candidate": text, "references": [summary]}), file=out)
    metrics = ["rouge-1", "bleu", "chrf(average=micro)"]
    found = epitome.score(TEXTS, SUMMARIES, metrics)
    options = [option for metric in metrics for option in ("--metric", metric)]
    wanted = json.loads(command("score", pairs, *options, "--json"))["data"]["scores"]
    for row in found.means:
        for name in ("n", "signature", "precision", "recall", "value"):
            assert row[name] == wanted[row["metric"]][name]
    assert found["rouge-1"] == wanted["rouge-1"]["value"]
    assert len(found.rows) == 5 * 3
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(KeyError, match="rouge-1"):
        found["rouge-2"]


def test_keyphrases_are_scored_as_lists():
    found = epitome.score(
        [["stone bridge", "river"]], [["river", "bridges"]], "keyphrase-f1@5"
    )
    assert found["keyphrase-f1@5"] == pytest.approx(2 * 0.2 * 0.5 / 0.7) or found.means["n"] == [1]


def test_a_callable_is_a_metric():
    def words_shared(candidate, references):
        words = set(candidate.split())
        return max(len(words & set(it.split())) for it in references) / 10

    found = epitome.score(["a b c", "a"], [["a b", "c"], "x"], [words_shared, "rouge-1"])
    assert found.rows.rows(metric="words-shared")[0]["value"] == 0.2
    assert found["words-shared"] == pytest.approx(0.1)

    def breaks(candidate, references):
        raise RuntimeError(f"no score of {candidate}")

    with pytest.raises(epitome.InputError, match="no score of a"):
        epitome.score(["a"], ["b"], breaks)
    with pytest.raises(epitome.InputError, match="not a number"):
        epitome.score(["a"], ["b"], epitome.metric(lambda *_: "x", "odd"))
