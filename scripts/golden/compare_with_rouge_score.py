"""Scores the extracts of a run with PyPI rouge-score and compares number by number.

    compare_with_rouge_score.py CORPUS.jsonl RUN_FOLDER

Exit 1 when any precision, recall or F1 differs by more than 1e-12.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

NAMES = {"rouge-1": "rouge1", "rouge-2": "rouge2", "rouge-l": "rougeL", "rouge-lsum": "rougeLsum"}
TOLERANCE = 1e-12


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def main(corpus, run):
    references = {row["id"]: row["summaries"] for row in json_lines(corpus)}
    texts = {
        (row["system"], row["document"]): row["text"]
        for row in json_lines(Path(run) / "extracts.jsonl")
    }
    scorers = {
        stemmer: RougeScorer(list(NAMES.values()), use_stemmer=stemmer) for stemmer in (False, True)
    }
    theirs = {}
    compared, largest = 0, 0.0
    sums = defaultdict(lambda: [0.0, 0.0, 0])
    with open(Path(run) / "scores.csv", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["status"] != "ok":
                continue
            stemmer = "stemmer=true" in row["metric"]
            key = (row["system"], row["document"], stemmer)
            if key not in theirs:
                text = texts[row["system"], row["document"]]
                theirs[key] = scorers[stemmer].score_multi(references[row["document"]], text)
            wanted = theirs[key][NAMES[row["metric"].split("(")[0]]]
            cells = (row["precision"], row["recall"], row["value"])
            for cell, value in zip(cells, (wanted.precision, wanted.recall, wanted.fmeasure)):
                largest = max(largest, abs(float(cell) - value))
                compared += 1
            mean = sums[row["system"], row["metric"]]
            mean[0] += float(row["value"])
            mean[1] += wanted.fmeasure
            mean[2] += 1
    for (system, metric), (ours, wanted, count) in sums.items():
        print(f"{system:12} {metric:26} ours {100 * ours / count:.6f}  rouge-score {100 * wanted / count:.6f}")
    print(f"{compared} numbers compared, largest difference {largest:.3g}")
    return 0 if compared and largest <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
