"""Speed and agreement of ROUGE packages on pairs in JSON Lines; a row each, as CSV."""

import csv
import json
import sys
import time
from importlib.metadata import version

ROUNDS = 5  # of those in Rust; the fastest round counts
SLOW = {"rouge-score", "rapidrouge"}  # in Python: every tenth pair, once
TENTH = 10
OURS = "epitome-bench"  # makes Python's objects when they are read; in a list all at once

# types that every package has, and those that papers on summaries report
SETTINGS = {
    "rouge1 rouge2 rougeL": (["rouge1", "rouge2", "rougeL"], False),
    "rouge1 rouge2 rougeLsum, stemmed": (["rouge1", "rouge2", "rougeLsum"], True),
}


def packages(types, stemmer):
    """The packages that have these types: a name, and what scores a list of pairs."""
    import fast_rouge
    import rapidrouge
    import rouge_score_rs.rouge_scorer
    from epitome.compat.rouge_score import rouge_scorer
    from rouge_score import rouge_scorer as original

    ours = rouge_scorer.RougeScorer(types, use_stemmer=stemmer)
    theirs = rouge_score_rs.rouge_scorer.RougeScorer(types, use_stemmer=stemmer)
    plain = original.RougeScorer(types, use_stemmer=stemmer)
    yield OURS, lambda targets, texts: ours.score_batch(targets, texts, jobs=1)
    yield f"{OURS}, list", lambda targets, texts: list(ours.score_batch(targets, texts, jobs=1))
    yield "rouge-score-rs", theirs.score_batch
    if not stemmer:
        yield "rouge-rust", fast_rouge.score_batch
    rapid = rapidrouge.RougeScorer(types, use_stemmer=stemmer)
    yield "rapidrouge", lambda targets, texts: list(map(rapid.score, targets, texts))
    yield "rouge-score", lambda targets, texts: list(map(plain.score, targets, texts))


def numbers(scores, types):
    return [
        (score[name].precision, score[name].recall, score[name].fmeasure)
        for score in scores
        for name in types
    ]


def main():
    with open(sys.argv[1]) as lines:
        pairs = [json.loads(line) for line in lines]
    targets = [pair["reference"] for pair in pairs]
    texts = [pair["candidate"] for pair in pairs]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["types", "package", "version", "pairs", "cpu_s", "pairs_per_cpu_s", "ratio", "same"])
    for setting, (types, stemmer) in SETTINGS.items():
        measured = {}
        found = {}
        known = list(packages(types, stemmer))
        for at in range(ROUNDS):  # in turn, so that the machine is the same for all
            for name, score in known:
                step = TENTH if name in SLOW else 1
                if name in SLOW and at > 0:
                    continue
                begun = time.process_time()
                scores = score(targets[::step], texts[::step])
                spent = time.process_time() - begun
                best = measured.get(name, (0, float("inf")))
                measured[name] = len(scores), min(spent, best[1])
                found[name] = numbers(scores[:: TENTH // step], types)
        ours = measured[OURS]
        for name, (count, spent) in measured.items():
            speed = count / spent
            ratio = ours[0] / ours[1] / speed
            same = "yes" if found[name] == found["rouge-score"] else "no"
            row = [setting, name, version(name.split(",")[0]), count, f"{spent:.2f}", f"{speed:.0f}", f"{ratio:.2f}", same]
            out.writerow(row)
            print(*row, file=sys.stderr)


main()
