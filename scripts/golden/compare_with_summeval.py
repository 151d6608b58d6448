"""Compares system-level Kendall's tau of ROUGE-1.5.5 with table 2 of the SummEval paper.

    compare_with_summeval.py EPITOME JUDGEMENTS.jsonl CORPUS.jsonl

Fabbri et al. (2021), *SummEval: Re-evaluating Summarization Evaluation*, TACL 9. Their table
is of 17 systems (every coefficient is a multiple of 1 / 136 = 1 / C(17, 2)); the judgements
they released are of 16. The one that is missing, Pegasus (dynamic mix), is in their table 3
with its human means. What is not known of it is its rank by each metric: for each of the 17
possible ranks this prints how far the four coefficients of a metric would be from theirs.

Needs the profile `rouge-1.5.5`. Sentences are lines (` . ` ends one), as ROUGE-L wants them.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import combinations
from math import sqrt
from pathlib import Path

ASPECTS = ("coherence", "consistency", "fluency", "relevance")
TABLE_2 = {
    "rouge-1": (0.2500, 0.5294, 0.5240, 0.4118),
    "rouge-2": (0.1618, 0.5882, 0.4797, 0.2941),
    "rouge-3": (0.2206, 0.7059, 0.5092, 0.3529),
    "rouge-4": (0.3088, 0.5882, 0.5535, 0.4118),
    "rouge-l": (0.0735, 0.1471, 0.2583, 0.2353),
}
# table 3, to two digits
MISSING = {"coherence": 4.09, "consistency": 4.85, "fluency": 4.79, "relevance": 4.27}


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def sign(number):
    return (number > 0) - (number < 0)


def metric_sums(epitome, rows, references):
    """Sums of F1 by metric and system."""
    lines = lambda text: text.replace(" . ", " .\n")
    with tempfile.TemporaryDirectory() as folder:
        pairs = Path(folder) / "pairs.jsonl"
        with open(pairs, "w", encoding="utf-8") as out:
            for at, row in enumerate(rows):
                texts = [lines(text) for text in references[row["doc_id"]]]
                pair = {"id": str(at), "candidate": lines(row["summary"]), "references": texts}
                out.write(json.dumps(pair) + "\n")
        command = [epitome, "score", str(pairs), "--per-document", "--json"]
        for metric in TABLE_2:
            command += ["--metric", f"{metric}(profile=rouge-1.5.5,stemmer=true,multi=average)"]
        scored = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    sums = {metric: defaultdict(float) for metric in TABLE_2}
    for found in json.loads(scored)["data"]["documents"]:
        system = rows[int(found["id"])]["system"]
        for name, score in found["scores"].items():
            sums[name.split("(")[0]][system] += score["value"]
    return sums


def tau(metric, human):
    """Of two dictionaries by system; metrics have no ties."""
    pairs = list(combinations(human, 2))
    agreeing = sum(sign(metric[a] - metric[b]) * sign(human[a] - human[b]) for a, b in pairs)
    untied = sum(human[a] != human[b] for a, b in pairs)
    return agreeing / sqrt(len(pairs) * untied)


def main(epitome, judgements, corpus):
    rows = json_lines(judgements)
    references = {row["id"]: row["summaries"] for row in json_lines(corpus)}
    human = {aspect: defaultdict(int) for aspect in ASPECTS}
    for row in rows:
        for aspect in ASPECTS:
            human[aspect][row["system"]] += round(3 * row[aspect])  # of three experts
    documents = len(references)
    for metric, sums in metric_sums(epitome, rows, references).items():
        ours = [tau(sums, human[aspect]) for aspect in ASPECTS]
        ordered = sorted(sums.values())
        nearest = None
        for rank in range(17):
            below = ordered[rank - 1] if rank else ordered[0] - 1
            above = ordered[rank] if rank < 16 else ordered[-1] + 1
            with_missing = {**sums, "missing": (below + above) / 2}
            taus = []
            for aspect in ASPECTS:
                # -0.1: its fluency and that of M8 are 4.79 both; taken for lower
                missing = {"missing": 3 * documents * MISSING[aspect] - 0.1}
                taus.append(tau(with_missing, {**human[aspect], **missing}))
            largest = max(abs(a - b) for a, b in zip(taus, TABLE_2[metric]))
            if nearest is None or largest < nearest[0]:
                nearest = (largest, rank, taus)
        show = lambda values: " ".join(f"{value:7.4f}" for value in values)
        print(f"{metric}  16 systems     {show(ours)}")
        print(f"         17, rank {17 - nearest[1]:2}    {show(nearest[2])}")
        print(f"         their table 2  {show(TABLE_2[metric])}")


if __name__ == "__main__":
    main(*sys.argv[1:])
