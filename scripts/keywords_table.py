"""The table of `compare-keywords`: means and intervals, and the differences to `epitome`."""

import csv
import sys
from pathlib import Path

results = Path(sys.argv[1])


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def percent(number):
    return f"{100 * float(number):.2f}"


def lead(comparisons, corpus, system):
    """By how much `epitome` is above `system`, and the interval of that."""
    for row in comparisons:
        if row["corpus"] != corpus:
            continue
        if (row["a"], row["b"]) == ("epitome", system):
            return [float(row[cell]) for cell in ("difference", "ci_low", "ci_high")]
        if (row["a"], row["b"]) == (system, "epitome"):
            return [-float(row[cell]) for cell in ("difference", "ci_high", "ci_low")]
    return None


writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["corpus", "documents", "system", "f1@10", "low", "high",
                 "epitome_above_it_by", "difference_low", "difference_high"])
for run in ("papers", "open"):
    comparisons = rows(results / run / "comparisons.csv")
    board = rows(results / run / "leaderboard.csv")
    for corpus in dict.fromkeys(row["corpus"] for row in board):
        ranked = [row for row in board if row["corpus"] == corpus]
        ranked.sort(key=lambda row: -float(row["mean"]))
        for row in ranked:
            above = lead(comparisons, corpus, row["system"])
            cells = [percent(row[cell]) for cell in ("mean", "ci_low", "ci_high")]
            differences = [percent(cell) for cell in above] if above else ["", "", ""]
            writer.writerow([corpus, row["n"], row["system"], *cells, *differences])
