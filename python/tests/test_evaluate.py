"""The metric for the library evaluate."""

import pytest

from epitome.compat import evaluate_rouge


@pytest.fixture
def rouge(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    evaluate = pytest.importorskip("evaluate")
    return evaluate.load(evaluate_rouge.path(), cache_dir=str(tmp_path))


def test_its_numbers_are_those_of_evaluates_rouge(rouge):
    numpy = pytest.importorskip("numpy")
    numpy.random.seed(0)
    found = rouge.compute(
        predictions=["hello there", "general kenobi"], references=["hello there", "general kenobi"]
    )
    assert found == {"rouge1": 1, "rouge2": 1, "rougeL": 1, "rougeLsum": 1}
    found = rouge.compute(
        predictions=["the cats sat", "a dog"],
        references=[["the cat sat down", "x"], ["a dog barks", "a dog"]],
        rouge_types=["rouge1", "rougeL"],
        use_stemmer=True,
        use_aggregator=False,
    )
    assert found == {"rouge1": [6 / 7, 1], "rougeL": [6 / 7, 1]}


def test_a_function_is_its_tokenizer_and_profiles_are_there(rouge):
    pair = {"predictions": ["мост закрыт"], "references": ["мост открыт"], "rouge_types": ["rouge1"]}
    assert rouge.compute(**pair)["rouge1"] == 0
    assert rouge.compute(**pair, profile="unicode")["rouge1"] == 0.5
    assert rouge.compute(**pair, tokenizer=str.split)["rouge1"] == 0.5
