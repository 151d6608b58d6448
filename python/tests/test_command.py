"""The command that comes along, and what importing costs."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import epitome

PROGRAM = Path(sys.executable).parent / "epitome"


def test_the_command_is_the_program(command):
    assert command("-V") == f"epitome {epitome.__version__}\n"
    assert command("--version").startswith(f"epitome {epitome.__version__}\nrevision: ")
    assert "text-rank" in command("list")
    module = [sys.executable, "-m", "epitome", "--version"]
    assert subprocess.check_output(module, text=True) == command("--version")


def test_its_exit_codes_are_those_of_the_program(command, records, results):
    command("run", "--no-such-option", code=2)
    command("summarise", "no/such/file", code=2)
    run = epitome.run(records, ["lead", "random"], "rouge-1")
    command("compare", run.folder, "lead", "random", "--gate", "rouge-1 > 99", code=1)
    other = epitome.run(records[:2], ["lead", "random"], "rouge-1")
    command("compare", run.folder, other.folder, code=4)
    (results / "empty.jsonl").write_text("")
    command("run", "--corpus", results / "empty.jsonl", "--system", "lead", code=5)


def test_a_signal_ends_the_command_in_good_order(tmp_path):
    corpus = tmp_path / "many.jsonl"
    text = " ".join(f"Sentence number {at} has words of its own." for at in range(60))
    with corpus.open("w") as out:
        for at in range(20_000):
            print(json.dumps({"text": text, "lang": "en", "summaries": [f"one {at}"]}), file=out)
    arguments = ["run", "--corpus", corpus, "--system", "lex-rank", "--metric", "rouge-1"]
    child = subprocess.Popen(
        [PROGRAM, *arguments], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("results/*/scores.csv")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130, said
    assert b"interrupted" in said and b"Traceback" not in said


def test_importing_costs_at_most_30_ms():
    code = "import time; t = time.process_time(); import epitome; print(time.process_time() - t)"
    costs = [
        float(subprocess.check_output([sys.executable, "-c", code], text=True)) for _ in range(7)
    ]
    assert min(costs) <= 0.03, costs
