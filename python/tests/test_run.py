"""Runs, and the command line on the same."""

import json
import multiprocessing
import pickle
import threading

import pytest
from conftest import last_first

import epitome

ROWS = ["documents.csv", "scores.csv", "extracts.jsonl", "failures.csv", "counts.csv"]
TABLES = ["leaderboard.csv", "comparisons.csv", "across.csv"]


def test_rows_are_those_of_the_command_line(records, results, command):
    run = epitome.run(records, ["lead", "text-rank"], ["rouge-1", "rouge-2"], sentences=2)
    (corpus,) = (results / "corpora").iterdir()
    command(
        "run", "--corpus", f"corpus={corpus}", "--system", "lead", "--system", "text-rank",
        "--metric", "rouge-1", "--metric", "rouge-2", "--sentences", 2, "--results", "again",
    )  # fmt: skip
    again = results.parent / "again" / run.folder.name
    assert again.is_dir(), "another digest of the plan"
    for name in ROWS + TABLES:
        assert (again / name).read_bytes() == (run.folder / name).read_bytes(), name
    opened = epitome.open_run(again)
    assert opened.leaderboard == run.leaderboard
    assert "lead" in command("report", run.folder, "--text")


def test_a_callable_stands_beside_built_in_systems(records, results, command):
    run = epitome.run(
        records, [last_first, "lead", "text-rank", "lex-rank"], ["rouge-1", "rouge-2"], words=25
    )
    assert [row["system"] for row in run.leaderboard.rows(metric="rouge-1")] == [
        "last-first", "lead", "text-rank", "lex-rank",
    ]  # fmt: skip
    found = run.compare("last-first", "lead", "rouge-1")
    row = run.comparisons.rows(a="last-first", b="lead", metric="rouge-1")[0]
    assert (found.difference, found.p) == (row["difference"], row["p"])
    assert found.wins + found.ties + found.losses == 5
    assert len(run.timings) == 5 and min(run.timings["host_ns"]) > 0
    recipe = run.manifest["systems"][0]
    assert "Python" in recipe["version"] and "callable" in recipe["command"]
    assert "last-first" in command("compare", run.folder, "last-first", "lead")
    assert pickle.loads(pickle.dumps(run)).scores == run.scores
    assert pickle.loads(pickle.dumps(found)) == found


def test_plugins_of_every_role_take_part(records, results, command):
    command("plugin", "new", "mine")
    command("plugin", "new", "--metric", "known-words")
    command("plugin", "new", "--embedder", "letters")
    run = epitome.run(
        records,
        ["lead", "text-rank(edges=embedding, embedder=letters)"],
        ["rouge-1", "known-words(most=9)"],
        plugins="mine",
        metric_plugins=["known-words/plugin.toml"],
        embedders={"letters": "plugin:letters"},
        sentences=1,
    )
    assert not run.failures
    systems = {row["system"] for row in run.leaderboard.rows(metric="known-words(most=9)")}
    assert systems == {"lead", "text-rank(edges=embedding, embedder=letters)", "mine"}
    assert list((results / ".scores").iterdir()), "scores are kept"

    for wrong in [{"plugins": 3}, {"metric_plugins": [3]}, {"embedders": ["letters"]}]:
        with pytest.raises(epitome.InputTypeError):
            epitome.run(records, ["lead"], **wrong)
    with pytest.raises(epitome.InputError, match="is no embedder"):
        epitome.run(records, ["lead"], embedders={"x": "letters"})
    with pytest.raises(epitome.InputError, match="nowhere"):
        epitome.run(records, ["lead"], plugins="nowhere/plugin.toml")


def test_a_callable_that_fails_costs_its_own_documents(records, results):
    def fragile(document, budget):
        if document.id == "d1":
            raise ZeroDivisionError("no second document")
        return [0]

    returned = {"d0": [0.0], "d1": [99], "d2": None, "d3": [10**30], "d4": [0, 0]}

    def odd(document, budget):
        return returned[document.id]

    run = epitome.run(records, [fragile, odd, "lead"], "rouge-1")
    failures = {(row["system"], row["document"]): row for row in run.failures}
    row = failures["fragile", "d1"]
    assert row["status"] == "error" and "no second document" in row["message"]
    assert "test_run.py" in row["message"], "the traceback"
    said = [failures["odd", f"d{at}"]["message"] for at in range(5)]
    assert all(text in message for text, message in zip(
        ["`returned[0]` is of the type `float`", "99", "is None", "no index", "twice"], said,
        strict=True,
    )), said  # fmt: skip
    assert run.failed == 6
    statuses = {row["document"]: row["status"] for row in run.scores.rows(system="fragile")}
    assert statuses == {"d0": "ok", "d1": "error", "d2": "ok", "d3": "ok", "d4": "ok"}


def test_a_callable_is_called_again_since_it_may_have_changed(records, results):
    calls = []

    def counted(document, budget):
        calls.append(document.id)
        return [0]

    for fresh, wanted in ((None, 5), (None, 10), (False, 10), (True, 15)):
        epitome.run(records, [counted], "rouge-1", fresh=fresh)
        assert len(calls) == wanted


def test_a_document_is_what_the_command_line_sees(records, results):
    seen = []

    def noted(document, budget):
        seen.append((document, budget))
        return [0]

    epitome.run(records, [noted], "rouge-1", ratio=0.3)
    document, budget = seen[0]
    assert document.text == records[0]["text"] and len(document) == 4
    assert document.sentences[0] == "The river rose two metres overnight."
    assert document.words[0] == 6 and document.language == "en"
    assert (budget.unit, budget.amount) == ("sentences", 2)
    assert pickle.loads(pickle.dumps(seen)) == seen


def test_texts_and_phrases_of_a_callable_are_outputs(records, results):
    for record in records:
        record["keyphrases"] = ["river", "whale"]

    def written(document, budget):
        return "The river rose."

    def first_words(document, limit):
        return [("river", 2.0), ("whale", 1.0)][:limit]

    phrases = epitome.system(first_words, "first", task="keyphrases")
    run = epitome.run(records, [written, phrases], ["rouge-1", "keyphrase-f1@5"])
    assert run.extracts[0]["text"] == "The river rose."
    assert {row["value"] for row in run.scores.rows(system="first")} != {0.0}


def test_a_callable_is_a_metric_of_a_run(records, results):
    def brevity(candidate, references):
        if candidate.startswith("A whale"):
            raise ValueError("no whales")
        return 1 / len(candidate)

    metric = epitome.metric(brevity, lowest=0, highest=1)
    run = epitome.run(records, ["lead", "text-rank"], ["rouge-1", metric], sentences=1)
    rows = run.scores.rows(system="lead", metric="brevity")
    assert rows[0]["value"] == 1 / len("The river rose two metres overnight.")
    assert [row["status"] for row in rows] == ["ok", "crash", "ok", "ok", "ok"]
    assert "no whales" in run.failures["message"][0]
    assert run.compare("lead", "text-rank", "brevity").metric == "brevity"
    alone = epitome.run(records, ["lead"], [brevity], sentences=1)
    assert set(alone.scores["metric"]) == {"brevity"}


def test_a_gate_holds_or_says_what_does_not(records, results):
    run = epitome.run(records, ["lead", "random"], "rouge-1")
    gate = run.gate("rouge-1 > -100", "lead", "random")
    assert gate and gate.holds and "gate holds" in str(gate)
    gate = run.gate("rouge-1 > 99", "lead", "random")
    assert not gate and "gate fails" in str(gate)
    with pytest.raises(epitome.InputError, match="there is no `>`"):
        run.gate("rouge-1", "lead", "random")


def test_a_corpus_may_be_many_things(records, results):
    def scores(corpus, **options):
        run = epitome.run(corpus, ["lead"], "rouge-1", fresh=True, **options)
        return run.scores["value"]

    wanted = scores(records)
    assert scores(iter(records)) == wanted
    assert scores(record for record in records) == wanted
    theirs = [{"id": it["id"], "article": it["text"], "highlights": it["summaries"][0], "lang": "en"} for it in records]
    assert scores(theirs, fields={"text": "article", "summaries": "highlights"}) == wanted
    assert scores({"train": records, "test": records}) == wanted * 2
    path = results.parent / "own.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert scores(path) == wanted and scores(str(path)) == wanted
    assert scores([path, f"other={path}"]) == wanted * 2
    assert len(scores("sampler[0..3]")) == 3
    for library in ("pandas", "polars"):
        frame = pytest.importorskip(library).DataFrame(records)
        assert scores(frame) == wanted


def test_a_data_set_of_hugging_face_is_a_corpus(records, results):
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_list(records)
    run = epitome.run(data, ["lead"], "rouge-1")
    assert run.scores == epitome.run(records, ["lead"], "rouge-1").scores
    run = epitome.run(datasets.DatasetDict({"train": data}), ["lead"], "rouge-1")
    assert set(run.scores["corpus"]) == {"train"}


def test_progress_is_told(records, results, capfd):
    epitome.run(records, ["lead"], "rouge-1", progress=True)
    assert "100%|" in capfd.readouterr().err and not capfd.readouterr().err
    told = []
    epitome.run(records, ["lead"], "rouge-1", fresh=True, progress=lambda *numbers: told.append(numbers))
    done, total, documents = told[-1]
    assert (done, documents) == (total, 5)

    def breaks(*_):
        raise LookupError("from progress")

    with pytest.raises(LookupError, match="from progress"):
        epitome.run(records, ["lead"], "rouge-1", progress=breaks, fresh=True)


def test_a_run_is_shown_and_reported(records, results):
    run = epitome.run(records, ["lead", "text-rank"], "rouge-1")
    assert "text-rank" in str(run) and "text-rank" in run._repr_html_()
    assert "\\toprule" in run.text("latex")
    assert run.report().read_text().startswith("<!")
    assert "lead" in run.leaderboard._repr_html_() and "lead" in str(run.scores)


def test_threads_run_side_by_side(records, results):
    found = {}

    def work(at):
        run = epitome.run(records, ["lead", last_first], "rouge-1", name=f"run-{at}")
        found[at] = run.scores["value"]

    threads = [threading.Thread(target=work, args=(at,)) for at in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(found) == 4 and all(values == found[0] for values in found.values())


def _in_child(records, queue):
    queue.put(epitome.run(records, ["lead"], "rouge-1", name="child", jobs=2).scores["value"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_runs_too(records, results):
    wanted = epitome.run(records, ["lead"], "rouge-1", jobs=2).scores["value"]
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        queue = context.Queue()
        child = context.Process(target=_in_child, args=(records, queue))
        child.start()
        assert queue.get(timeout=60) == wanted
        child.join(60)
        assert child.exitcode == 0


def test_nothing_to_do_is_said(results, records):
    with pytest.raises(epitome.NothingToDoError):
        epitome.run([], ["lead"], "rouge-1")
    with pytest.raises(epitome.NothingToDoError, match="nothing to measure"):
        epitome.run(records, ["yake"], "rouge-1")


def test_runs_that_do_not_compare_are_refused(records, results):
    one = epitome.run(records, ["lead"], "rouge-1")
    other = epitome.run(records[:3], ["lead"], "rouge-1")
    with pytest.raises(epitome.NotComparableError, match="other documents"):
        one.compare("lead", "lead", "rouge-1", to=other)
    with pytest.raises(epitome.InputError, match="no run"):
        epitome.open_run("nowhere")
    with pytest.raises(epitome.InputError, match="lead"):
        one.compare("leed", "lead", "rouge-1")
