"""What `run-suites` keeps of a run in a small form, for `epitome site`.

`languages.csv` has the number of documents of each corpus in each language. `comparisons-kept.csv`
has those rows of `comparisons.csv` in which one side is the best system by that metric, or, by the
first metric of the corpus, the baseline; numbers have six digits.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

BASELINES = ("lead", "first-phrases")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, names, found):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names, lineterminator="\n")
        table.writeheader()
        table.writerows(found)


def short(text):
    try:
        return text if text.isdigit() else f"{float(text):.6g}"
    except ValueError:
        return text


def main(made, kept):
    languages = Counter((row["corpus"], row["language"]) for row in rows(made / "documents.csv"))
    write(kept / "languages.csv", ["corpus", "language", "documents"],
          [{"corpus": corpus, "language": language, "documents": documents}
           for (corpus, language), documents in languages.items()])

    # the best system wins its comparisons: its mean is above that of every other
    compared = rows(made / "comparisons.csv")
    means, first = {}, {}
    for row in rows(made / "leaderboard.csv"):
        family = row["corpus"], row["budget"]
        first.setdefault((*family, row["budget"].endswith("keyphrases")), row["metric"])
        if row["kind"] == "system" and row["mean"]:
            means.setdefault((*family, row["metric"]), {})[row["system"]] = row
    best = {}
    for family, found in means.items():
        # ranks know the direction of the metric; of equal ranks the better mean is the best
        order = sorted(found.values(), key=lambda row: (int(row["rank_low"] or 0), int(row["rank_high"] or 0)))
        ends = float(order[0]["mean"]), float(order[-1]["mean"])
        choose = max if ends[0] >= ends[1] else min
        best[family] = choose(found, key=lambda name: float(found[name]["mean"]))

    wanted = []
    for row in compared:
        family = row["corpus"], row["budget"], row["metric"]
        is_first = row["metric"] in (first.get((*family[:2], False)), first.get((*family[:2], True)))
        names = {row["a"], row["b"]}
        if best.get(family) in names or (is_first and names & set(BASELINES)):
            wanted.append({name: value if name in ("corpus", "metric", "a", "b", "test", "note", "budget", "run")
                           else short(value) for name, value in row.items()})
    write(kept / "comparisons-kept.csv", list(compared[0]) if compared else [], wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
