"""Correlations of the metrics whose scores FRANK publishes with its human judgements of
factuality, by scipy. The table in tests/it/conformance/frank.rs is its output.

    python3 scripts/golden/frank_correlations.py SHARED/raw_formats/frank     (needs scipy)

Pagnoni, Balachandran & Tsvetkov (2021), *FRANK*, NAACL: 2,246 summaries of 9 systems. A summary
whose score is null is left out, of its metric alone. The columns are Pearson, Spearman and
Kendall of all summaries, and Pearson of the means of systems.
"""

import json
import sys
from collections import defaultdict
from statistics import fmean

from scipy.stats import kendalltau, pearsonr, spearmanr

NO_METRIC = ("hash", "model_name", "dataset", "split")


def read(name):
    with open(f"{sys.argv[1]}/{name}.json", encoding="utf-8") as file:
        return json.load(file)


human = {(row["hash"], row["model_name"]): row["Factuality"] for row in read("human_annotations")}
scores = read("baseline_factuality_metrics_outputs")
for metric in (name for name in scores[0] if name not in NO_METRIC):
    rows = [row for row in scores if row[metric] is not None]
    xs = [row[metric] for row in rows]
    ys = [human[row["hash"], row["model_name"]] for row in rows]
    means = defaultdict(lambda: ([], []))
    for row, x, y in zip(rows, xs, ys):
        means[row["model_name"]][0].append(x)
        means[row["model_name"]][1].append(y)
    of_systems = [(fmean(a), fmean(b)) for a, b in means.values()]
    found = [
        pearsonr(xs, ys).statistic,
        spearmanr(xs, ys).statistic,
        kendalltau(xs, ys).statistic,
        pearsonr(*zip(*of_systems)).statistic,
    ]
    digits = [f"{value:.6f}" for value in found]
    values = ", ".join(f"{it[:-3]}_{it[-3:]}" for it in digits)
    print(f'("{metric}", {len(rows)}, [{values}]),')
