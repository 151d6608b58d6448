"""The table of `compare-embedders`: means, intervals, and processor time of a document."""

import csv
import statistics
import sys
from pathlib import Path

work = Path(sys.argv[1])
RUNS = ["inspec", "semeval2017", "scitldr", "cnndm1000", "cnndm100"]

# the documents of a run that is timed
TIMED = 20


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def milliseconds(name):
    """By system, the median processor time of a document above that of the first system."""
    path = work / f"{name}.times"
    if not path.exists():
        return {}
    seconds = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        system, time = line.split("\t")
        seconds.setdefault(system, []).append(float(time))
    medians = {system: statistics.median(times) for system, times in seconds.items()}
    baseline = next(iter(medians.values()))
    return {system: 1000 * (time - baseline) / TIMED for system, time in medians.items()}


writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["corpus", "documents", "system", "metric", "mean", "low", "high", "cpu_ms_above_baseline"])
for name in RUNS:
    times = milliseconds(name)
    board = sorted(rows(work / name / "leaderboard.csv"), key=lambda row: -float(row["mean"]))
    for row in board:
        cells = [f"{100 * float(row[cell]):.2f}" for cell in ("mean", "ci_low", "ci_high")]
        time = times.get(row["system"])
        writer.writerow([row["corpus"], row["n"], row["system"], row["metric"], *cells,
                         "" if time is None else f"{time:.1f}"])
