"""Bad input: an error that names the place, and an interpreter that lives on.

Each case runs in a child process, whose exit is looked at.
"""

import subprocess
import sys

import pytest

PROLOGUE = """
import epitome, math, os
from epitome.compat.rouge_score import rouge_scorer, scoring
R = rouge_scorer.RougeScorer(["rouge1", "rougeLsum"])
DOCS = [{"id": str(i), "text": "One is here. Two is there. Three.", "summaries": ["One is here."]}
        for i in range(3)]
def run(corpus=DOCS, systems=("lead",), metrics="rouge-1", **options):
    return epitome.run(corpus, systems, metrics, **options)
def generator(error):
    yield DOCS[0]
    raise error
class Odd:
    def tokenize(self, text): raise LookupError("no tokens")
class Floats:
    def tokenize(self, text): return [1.5, None, "a"]
"""

# what is done, the error, and what its message says
CASES = [
    ("R.score(None, 'a')", "TypeError", "`target` is None"),
    ("R.score('a', b'a')", "TypeError", "`prediction` is of the type `bytes`"),
    ("R.score('a', '\\ud800')", "ValueError", "`prediction` is not Unicode"),
    ("R.score_multi([], 'a')", "ValueError", "`targets` is empty"),
    ("R.score_multi(['a', None], 'a')", "TypeError", "`targets[1]` is None"),
    ("R.score_multi('ab', 'a')", "TypeError", "`targets`"),
    ("R.score_batch(['a', 'b'], ['a'])", "ValueError", "2 targets and 1 predictions"),
    ("R.score_batch('ab', 'ab')", "TypeError", "`targets` is one string"),
    ("R.score_batch(['a', None], ['a', 'b'])", "TypeError", "`targets[1]` is None"),
    ("R.score_batch(['a'], [3.5])", "TypeError", "`predictions[0]` is of the type `float`"),
    ("R.score_batch([['a', None]], ['b'])", "TypeError", "`targets[0][1]` is None"),
    ("R.score_batch([[]], ['b'])", "ValueError", "`targets[0]` is empty"),
    ("R.score_batch(['a'], ['\\udfff'])", "ValueError", "`predictions[0]`"),
    ("R.score_batch(['a'], ['a'], jobs=0)", "ValueError", "`jobs` is 0"),
    ("R.score_batch(['a'], ['a'], jobs=10**30)", "ValueError", "`jobs`"),
    ("R.score_batch(['a'], ['a'], jobs=1.5)", "TypeError", "`jobs`"),
    ("R.score_batch(None, ['a'])", "TypeError", "`targets` is None"),
    ("R.score_batch((1 / 0 for _ in 'ab'), ['a'])", "ZeroDivisionError", "division"),
    ("rouge_scorer.RougeScorer('rouge1')", "TypeError", "`rouge_types`"),
    ("rouge_scorer.RougeScorer(['rouge1'], tokenizer=Odd()).score('a', 'b')", "LookupError", "no tokens"),
    ("print(rouge_scorer.RougeScorer(['rouge1'], tokenizer=Floats()).score('a', 'b'))", None, "1.0"),
    ("scoring.BootstrapAggregator(1.5)", "ValueError", "confidence_interval"),
    ("scoring.BootstrapAggregator(n_samples=0)", "ValueError", "n_samples"),
    ("scoring.BootstrapAggregator(seed=-1).aggregate()", None, ""),
    ("epitome.summarise(None)", "TypeError", "`text` is None"),
    ("epitome.summarise('a', words=-1)", "ValueError", "`words` is -1"),
    ("epitome.summarise('a', words=10**400)", "ValueError", "`words` is a number of many digits"),
    ("epitome.summarise('a', sentences=1.5)", "TypeError", "`sentences`"),
    ("epitome.summarise('a', ratio=math.nan)", "ValueError", "`ratio` is nan"),
    ("epitome.summarise('a', sentences=True)", "TypeError", "`sentences`"),
    ("epitome.summarise('a', language='klingon')", "ValueError", "klingon"),
    ("epitome.summarise('a\\ud800')", "ValueError", "`text` is not Unicode"),
    ("epitome.summarise('a', 'text-rank(damping=2)')", "ValueError", "`damping` is `2`"),
    ("epitome.keywords('a', limit=0)", "ValueError", "`limit` is 0"),
    ("epitome.score(['a'], ['a', 'b'], 'rouge-1')", "ValueError", "1 of `candidate`, 2 of `references`"),
    ("epitome.score(['a'], [['a', None]], 'rouge-1')", "TypeError", "`references[0][1]` is None"),
    ("epitome.score([], [], 'rouge-1')", "ValueError", "no candidates"),
    ("epitome.score(['a'], [[]], 'rouge-1')", "ValueError", "`references[0]` is empty"),
    ("epitome.score('a', 'a', 'rouge-1')", "TypeError", "`candidates`"),
    ("epitome.score(['a'], ['a'], [])", "ValueError", "`metrics` is empty"),
    ("epitome.score(['a'], ['a'], [3])", "TypeError", "`metrics[0]` is of the type `int`"),
    ("epitome.score(['a'], ['a'], 'coverage')", "ValueError", "source"),
    ("epitome.score(['a'], ['a'], ['rouge-1', 'rouge-1'])", "ValueError", "twice"),
    ("epitome.score(['a'], ['a'], lambda c, r: 1)", "ValueError", "lambda"),
    ("run([])", "ValueError", "no records"),
    ("run(None)", "TypeError", "`corpus` is None"),
    ("run(3)", "TypeError", "`corpus` is of the type `int`"),
    ("run(DOCS[0])", "TypeError", "one record"),
    ("run('no/such/file.jsonl')", "ValueError", "no/such/file.jsonl"),
    ("run([DOCS[0], None])", "TypeError", "`corpus[1]` is None"),
    ("run([{'text': None}])", "ValueError", "`corpus[0]` has no `text`"),
    ("run([{'article': 'a'}])", "ValueError", "`article`"),
    ("run([{'text': 3}])", "TypeError", "`corpus[0].text`"),
    ("run([{'text': 'a', 'summaries': ['b', None]}])", "TypeError", "`corpus[0].summaries[1]` is None"),
    ("run([{'text': 'a\\ud800'}])", "ValueError", "`corpus[0]` is not Unicode"),
    ("run([{'text': 'a', 'extra': object()}])", "ValueError", "`corpus[0]` is no JSON"),
    ("run([{'text': 'a', 'extra': math.nan}])", "ValueError", "`corpus[0]` is no JSON"),
    ("run([DOCS[0], DOCS[0]])", "ValueError", "`0` occurs twice"),
    ("run(generator(OSError('disk')))", "ValueError", "`corpus[1]`: the iterable raised OSError: disk"),
    ("run(generator(KeyboardInterrupt()))", "KeyboardInterrupt", ""),
    ("run(systems=['no-such'])", "ValueError", "no-such"),
    ("run(systems=[None])", "TypeError", "`systems[0]` is None"),
    ("run(systems=5)", "TypeError", "systems or metrics"),
    ("run(systems=['lead', 'lead'])", "ValueError", "twice"),
    ("run(words=0)", "ValueError", "`words` is 0"),
    ("run(seed=-1)", "ValueError", "`seed` is -1"),
    ("run(seed=2**64)", "ValueError", "`seed`"),
    ("run(name='../x')", "ValueError", "../x"),
    ("run(results='/dev/null/x')", "OSError", "/dev/null"),
    ("run(jobs=10**6)", "ValueError", "`jobs`"),
    ("run(systems=[epitome.system(lambda d, b: 1 / 0, 'z')]).compare('z', 'lead')", "ValueError", "lead"),
    ("epitome.system(3)", "TypeError", "`function`|of the type `int`"),
    ("epitome.system(print, task='poems')", "ValueError", "`task` is `poems`"),
    ("epitome.open_run('.')", "ValueError", "no run"),
    ("epitome.open_run(results='none')", "ValueError", "holds no run"),
    ("run().compare('lead', 'lead', 'rouge-9')", "ValueError", "rouge-9"),
    ("run().scores['nothing']", "KeyError", "nothing"),
    ("run().text('pdf')", "ValueError", "pdf"),
]  # fmt: skip

# callables whose failures are rows
RETURNS = [
    ("1.5", "`returned` is of the type `float`"),
    ("None", "`returned` is None"),
    ("[0.0]", "`returned[0]` is of the type `float`"),
    ("[True]", "`returned[0]` is of the type `bool`"),
    ("['0']", "`returned[0]` is of the type `str`"),
    ("[99]", "99 is not below"),
    ("[-1]", "`returned[0]` is -1"),
    ("[10**4000]", "no index"),
    ("[0, 1, 2, 0]", "twice|longer"),
    ("range(3000)", "longer|not below"),
    ("generator(OSError('disk'))", "index of a sentence|disk"),
    ("(1 / 0 for _ in 'a')", "ZeroDivisionError"),
    ("'\\ud800'", "surrogate"),
    ("exit(3)", "SystemExit"),
    ("f(d, b)", "RecursionError"),
    ("os.kill(os.getpid(), 0)", "`returned` is None"),
]


def child(code, folder):
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", PROLOGUE + code],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=folder,
    )
    assert done.returncode in (0, 1), (done.returncode, done.stderr)
    assert "panic" not in done.stderr.lower(), done.stderr
    return done.stdout.rstrip("\n")


@pytest.mark.parametrize("chunk", range(4))
def test_bad_input_is_an_error_that_names_the_place(chunk, tmp_path):
    cases = CASES[chunk::4]
    parts = ["import traceback"]
    for code, *_ in cases:
        parts.append(
            f"try:\n    {code}\n    print('no error ', end='')\n"
            "except BaseException as e:\n"
            "    kinds = [it.__name__ for it in type(e).__mro__]\n"
            "    print(kinds, repr(str(e)), end='')\n"
            "print('|')"
        )
    said = child("\n".join(parts), tmp_path).split("|\n")
    for (code, error, text), found in zip(cases, said, strict=True):
        if error is None:
            assert "no error" in found and text in found, (code, found)
        else:
            assert f"'{error}'" in found, (code, found)
            assert any(it in found for it in text.split("|")), (code, found)


def test_what_a_callable_returns_wrongly_is_a_failure_row(tmp_path):
    parts = []
    for at, (code, _) in enumerate(RETURNS):
        parts.append(
            f"def f(d, b): return {code}\n"
            f"found = run(systems=[epitome.system(f, 'f')], name='r{at}').failures\n"
            "print(set(found['document']), repr(found['message'][0]))"
        )
    said = child("\n".join(parts), tmp_path).split("\n")
    for (code, text), found in zip(RETURNS, said, strict=True):
        assert found.startswith("{") and found.count("'0'") and "'2'" in found, (code, found)
        assert any(it in found for it in text.split("|")), (code, found)


def test_ctrl_c_ends_a_run_at_once_and_it_goes_on_later(tmp_path):
    code = """
import signal, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)
calls = []
def slow(d, b):
    calls.append(d.id)
    if len(calls) == 2:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        while True:
            time.sleep(0.01)
    return [0]
begun = time.monotonic()
try:
    run(systems=[slow])
except KeyboardInterrupt:
    print('interrupted', time.monotonic() - begun < 10)
found = run(systems=[slow], fresh=False)
print(calls, found.failures['document'])
"""
    said = child(code, tmp_path).split("\n")
    assert said[0] == "interrupted True"
    assert said[1].endswith("[]"), said


def test_ctrl_c_ends_a_batch(tmp_path):
    code = """
import signal, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
text = ' '.join(str(i % 97) for i in range(20000))
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    rouge_scorer.RougeScorer(['rougeL']).score_batch([text] * 4000, [text[9:]] * 4000)
    print('done')
except KeyboardInterrupt:
    print('interrupted')
"""
    assert child(code, tmp_path) == "interrupted"
