"""The numbers of rouge-score."""

import json
import os
import pickle
import sys
from pathlib import Path

import pytest

from epitome.compat.rouge_score import rouge_scorer, scoring, tokenizers

SHARED = Path(os.environ.get("EPITOME_SHARED", "../shared")) / "golden" / "rouge"
TYPES = ["rouge1", "rouge2", "rouge3", "rouge4", "rougeL", "rougeLsum"]


def test_a_score_is_a_named_tuple_as_the_original_has_it():
    scorer = rouge_scorer.RougeScorer(["rouge1", "rougeL"], use_stemmer=True)
    found = scorer.score("testing one two", "tested")
    assert list(found) == ["rouge1", "rougeL"]
    assert found["rouge1"] == scoring.Score(precision=1, recall=1 / 3, fmeasure=0.5)
    assert found["rouge1"]._replace(recall=0).recall == 0
    assert scorer.score_multi(["nothing", "testing one two"], "tested") == found
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(scorer)).score("testing one two", "tested") == found


@pytest.mark.parametrize("name", ["rougen", "rouge0", "rouge10", "rouge", "ROUGE1"])
def test_an_unknown_type_is_a_value_error_when_it_is_scored(name):
    scorer = rouge_scorer.RougeScorer([name])
    with pytest.raises(ValueError, match="rouge"):
        scorer.score("a", "a")


def test_a_batch_is_the_scores_one_by_one_at_any_number_of_threads():
    scorer = rouge_scorer.RougeScorer(TYPES)
    targets = [f"one two {at % 7}\nthree {at % 5}" for at in range(300)]
    predictions = [f"two {at % 3}\nthree one {at % 11}" for at in range(300)]
    one_by_one = list(map(scorer.score, targets, predictions))
    for jobs in (1, 2, 5):
        assert scorer.score_batch(targets, predictions, jobs=jobs) == one_by_one
    several = [[target, "two three"] for target in targets]
    assert scorer.score_batch(several, predictions) == list(
        map(scorer.score_multi, several, predictions)
    )
    assert scorer.score_batch([], []) == []
    assert type(scorer.score_batch(["a"], ["a"])[0]["rouge1"]) is scoring.Score


def test_a_batch_is_a_sequence_and_a_table():
    scorer = rouge_scorer.RougeScorer(["rouge1", "rougeL"])
    targets = ["one two", "three", "four"]
    batch = scorer.score_batch(targets, ["one", "three", "five"])
    all_scores = [*batch]
    assert len(batch) == len(all_scores) == 3
    assert batch[-1] == all_scores[2] and batch[::-2] == all_scores[::-2]
    assert batch[5:] == [] and all_scores[1] in batch
    for outside in (3, -4, 10**30):
        with pytest.raises(IndexError):
            batch[outside]
    with pytest.raises(TypeError):
        batch["rouge1"]
    assert pickle.loads(pickle.dumps(batch)) == batch != all_scores[1:]

    table = batch.table()
    assert table.columns[:3] == ["rouge1_precision", "rouge1_recall", "rouge1_fmeasure"]
    assert table["rougeL_recall"] == [scores["rougeL"].recall for scores in batch]
    assert type(batch)(all_scores).table() == table
    assert len(scorer.score_batch([], []).table()) == 0


def test_a_tokenizer_of_the_users_is_what_makes_tokens():
    class Letters:
        def tokenize(self, text):
            return list(text.replace(" ", ""))

    scorer = rouge_scorer.RougeScorer(["rouge1", "rougeLsum"], tokenizer=Letters())
    found = scorer.score("кот\nдом", "ток\nдым")
    assert found["rouge1"].fmeasure == 6 / 7
    assert scorer.score_batch(["кот\nдом"], ["ток\nдым"]) == [found]
    own = rouge_scorer.RougeScorer(TYPES, tokenizer=tokenizers.DefaultTokenizer(True))
    plain = rouge_scorer.RougeScorer(TYPES, use_stemmer=True)
    pair = ("The cats sat.\nThey were running!", "Cats were sitting.\n\nRunning cats")
    assert own.score(*pair) == plain.score(*pair)


def test_profiles_read_what_the_original_does_not():
    pair = ("мост закрыт", "мост открыт")
    assert rouge_scorer.RougeScorer(["rouge1"]).score(*pair)["rouge1"].fmeasure == 0
    unicode = rouge_scorer.RougeScorer(["rouge1", "rougeLsum"], profile="unicode")
    assert unicode.score(*pair)["rouge1"].fmeasure == 0.5
    script = rouge_scorer.RougeScorer(["rouge1"], profile="rouge-1.5.5")
    assert script.score("a b c", "a d d")["rouge1"].fmeasure == 0.33333
    with pytest.raises(ValueError, match="rougeLsum"):
        rouge_scorer.RougeScorer(["rougeLsum"], profile="rouge-1.5.5").score(*pair)
    with pytest.raises(ValueError, match="profile"):
        rouge_scorer.RougeScorer(["rouge1"], profile="rouge")


def test_sentences_are_split_where_that_is_asked_for():
    scorer = rouge_scorer.RougeScorer(["rougeLsum"], split_summaries="epitome")
    found = scorer.score("First sentence. Second one.", "Second one. First sentence.")
    assert found["rougeLsum"].fmeasure == 1


def test_a_seed_draws_numpys_numbers_with_and_without_numpy():
    numpy = pytest.importorskip("numpy")
    scores = [scoring.Score(at / 7, at / 11, at % 3 / 3) for at in range(40)]

    def aggregated(**seed):
        aggregator = scoring.BootstrapAggregator(**seed)
        for score in scores:
            aggregator.add_scores({"rouge1": score, "rouge2": score._replace(recall=0.5)})
        return aggregator.aggregate()

    numpy.random.seed(3)
    with_numpy = aggregated()
    after = numpy.random.get_state()
    assert aggregated(seed=3) == with_numpy

    numpy.random.seed(3)  # what the original does
    matrix = numpy.array(scores)
    means = [matrix[numpy.random.choice(numpy.arange(40), size=40)].mean(axis=0) for _ in range(1000)]
    low, mid, high = numpy.percentile(means, [2.5, 50, 97.5], axis=0)
    assert numpy.allclose(with_numpy["rouge1"], [low, mid, high], rtol=1e-14)
    for _ in range(1000):
        numpy.random.choice(numpy.arange(40), size=40)
    assert all(numpy.array_equal(*pair) for pair in zip(after, numpy.random.get_state(), strict=True))


def test_importing_it_brings_no_other_package():
    import subprocess

    code = "import sys, epitome.compat.rouge_score.rouge_scorer as r; r.RougeScorer(['rouge1'])"
    code += ".score('a', 'a'); print([it for it in ('numpy', 'nltk', 'absl') if it in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the golden vectors are not there")
@pytest.mark.parametrize("stemmer", [False, True])
def test_every_golden_number_of_rouge_score(stemmer):
    scorer = rouge_scorer.RougeScorer(TYPES, use_stemmer=stemmer)
    compared = 0
    with (SHARED / "rouge_score_0.1.2.jsonl").open() as lines:
        for line in map(json.loads, lines):
            if line["options"]["use_stemmer"] != stemmer:
                continue
            for target, wanted in zip(line["references"], line["per_reference"], strict=True):
                found = scorer.score(target, line["candidate"])
                for name, score in wanted.items():
                    assert list(found[name]) == [score["p"], score["r"], score["f"]], line["id"]
                    compared += 1
            if line.get("score_multi"):
                found = scorer.score_multi(line["references"], line["candidate"])
                for name, score in line["score_multi"].items():
                    assert list(found[name]) == [score["p"], score["r"], score["f"]], line["id"]
    assert compared > 1_000


@pytest.mark.skipif(not SHARED.is_dir(), reason="the golden vectors are not there")
def test_every_golden_interval_of_rouge_score():
    with (SHARED / "bootstrap_rouge_score.jsonl").open() as lines:
        cases = [json.loads(line) for line in lines]
    assert cases
    for case in cases:
        aggregator = scoring.BootstrapAggregator(
            case["confidence_interval"], case["n_samples"], seed=case["np_random_seed"]
        )
        for scores in case["inputs"]:
            aggregator.add_scores({it: scoring.Score(*scores[it]) for it in case["order"]})
        found = aggregator.aggregate()
        assert list(found) == case["order"]
        for name, score in found.items():
            wanted = case["expected"][name]
            assert [list(part) for part in score] == [wanted[it] for it in score._fields]
