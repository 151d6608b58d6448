"""The tables of `compare-summarisers`: means over documents, in points.

    summarisers_table.py RESULTS FOLDER
"""

import csv
import json
import sys
from pathlib import Path

results, folder = Path(sys.argv[1]), Path(sys.argv[2])
METRICS = ("rouge-1", "rouge-2", "rouge-lsum")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, header, table):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)


def mean(values):
    return sum(values) / len(values)


def news():
    """Every system on the documents with more than three sentences."""
    long = {row["document"] for row in rows(results / "news/documents.csv") if int(row["sentences"]) > 3}
    scores, words = {}, {}
    for row in rows(results / "news/scores.csv"):
        if row["document"] in long:
            metric = row["metric"].split("(")[0]
            of = scores.setdefault(row["system"], {}).setdefault(metric, [])
            of.append(float(row["value"]))
    for line in open(results / "news/extracts.jsonl", encoding="utf-8"):
        extract = json.loads(line)
        if extract["document"] in long:
            words.setdefault(extract["system"], []).append(extract["words"])

    table = [
        [system] + [mean(of[metric]) for metric in METRICS] + [mean(words[system])]
        for system, of in scores.items()
    ]
    table.sort(key=lambda row: -row[1])
    write("summarisers.csv", ["system", *METRICS, "words"], table)
    print(f"{len(long)} documents\n\n| | R-1 | R-2 | R-Lsum | words |\n|---|---|---|---|---|")
    for system, *numbers, length in table:
        cells = " | ".join(f"{100 * number:.2f}" for number in numbers)
        print(f"| {system} | {cells} | {length:.0f} |")


def clusters():
    """Redundancy and ROUGE of the same texts as single documents and as clusters."""
    table = []
    for corpus in ("opinosis", "fewsum_amazon"):
        for row in rows(results / f"clusters-{corpus}/leaderboard.csv"):
            table.append([corpus, row["corpus"], row["system"], row["metric"], row["mean"], row["n"]])
    write("clusters.csv", ["corpus", "read_as", "system", "metric", "mean", "n"], table)
    found = {tuple(row[:4]): 100 * float(row[4]) for row in table}
    systems = list(dict.fromkeys(row[2] for row in table))
    print("\n| redundancy (R-1; R-2), single → cluster | Opinosis | FewSum |\n|---|---|---|")
    for system in systems:
        cells = []
        for corpus in ("opinosis", "fewsum_amazon"):
            pair = [
                " → ".join(f"{found[corpus, how, system, metric]:.1f}" for how in ("single", "cluster"))
                for metric in ("redundancy", "rouge-1", "rouge-2")
            ]
            cells.append(f"{pair[0]} ({pair[1]}; {pair[2]})")
        print(f"| {system} | {' | '.join(cells)} |")


news()
clusters()
