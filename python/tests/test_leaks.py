"""Calls leave nothing behind: no blocks of Python, no references, no memory of the process.

`EPITOME_CALLS` is the number of calls of each kind; `results/published/python.md` has 100,000. Each
kind runs in an interpreter of its own, under `faulthandler`.
"""

import os
import subprocess
import sys

import pytest

CALLS = int(os.environ.get("EPITOME_CALLS", "1000"))

PROLOGUE = """
import gc, resource, sys
import epitome
from epitome.compat.rouge_score import rouge_scorer

R = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)
TEXT = "The river rose two metres. The old bridge was closed. Shops stayed shut. It fell by Friday."
SUMMARY = "The river rose and the bridge was closed."

def refused(call, *arguments, **options):
    try:
        call(*arguments, **options)
    except (TypeError, ValueError):
        return
    raise AssertionError("it was not refused")

def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()
"""

MEASURE = """
def many(count):
    for _ in range(count):
        {call}
    gc.collect()

WATCHED = [TEXT, SUMMARY, R]
many(200)
blocks, references, memory = sys.getallocatedblocks(), [sys.getrefcount(it) for it in WATCHED], resident()
many({calls})
print(sys.getallocatedblocks() - blocks)
print(max(abs(sys.getrefcount(it) - before) for it, before in zip(WATCHED, references)))
print(resident() - memory)
"""

KINDS = {
    "score": "R.score(TEXT, SUMMARY)",
    "score_multi": "R.score_multi([TEXT, SUMMARY], SUMMARY)",
    "score_batch": "list(R.score_batch([TEXT, SUMMARY], [SUMMARY, TEXT], jobs=1))",
    "one-score": "epitome.score([SUMMARY], [[TEXT]], ['rouge-1', 'bleu'])",
    "summarise": "epitome.summarise(TEXT, 'text-rank', sentences=1)",
    "keywords": "epitome.keywords(TEXT, 'epitome')",
    "no-text": "refused(R.score, None, TEXT)",
    "surrogate": "refused(R.score, TEXT, '\\ud800')",
    "no-system": "refused(epitome.summarise, TEXT, 'no-such-system')",
}


@pytest.mark.parametrize("kind", KINDS)
def test_calls_leave_nothing_behind(kind):
    source = PROLOGUE + MEASURE.format(call=KINDS[kind], calls=CALLS)
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", source], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    blocks, references, memory = map(int, done.stdout.split())
    print(f"{kind}, {CALLS} calls: {blocks} blocks, {references} references, {memory} bytes")
    # caches of the interpreter grow a little, and by no part of the number of calls
    assert blocks < 200 + CALLS // 1000
    assert references <= 2
    assert memory < (4 << 20)
