"""The tables of `compare-compressors`: quality, tokens and processor time of each compressor.

    compressors_table.py RESULTS FOLDER
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

results, folder = Path(sys.argv[1]), Path(sys.argv[2])
BUDGETS = (500, 1000)
AGAINST = "bm25"
COLUMNS = {
    "answer-recall": "answer_recall",
    "answer-recall(match=words)": "answer_words",
    "evidence-recall": "evidence_recall",
    "evidence-f1": "evidence_f1",
    "literal-retention": "numbers_kept",
    "tokens": "tokens",
    "token-compression": "compression",
}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    for row in found:
        row["corpus"] = row["corpus"].removesuffix("-haystack")
    return found


def write(name, header, table):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)


def milliseconds(run):
    """Processor time of a document by language and system: by the peers themselves; for ours, of
    the analysis and the system, while criterion called them on one core."""
    times, analysis = defaultdict(list), {}
    for row in rows(run / "plugin_timings.csv"):
        times[row["corpus"], row["system"]].append(int(row["cpu_ns"] or 0))
    found = {key: sum(all) / len(all) / 1e6 for key, all in times.items()}
    for row in rows(run / "timings.csv"):
        time = float(row["cpu_ns"]) / int(row["documents"]) / 1e6
        if row["system"] == "(analysis)":
            analysis[row["corpus"]] = time
        else:
            found[row["corpus"], row["system"]] = time
    return {
        (corpus, system): time + (0 if (corpus, system) in times else analysis[corpus])
        for (corpus, system), time in found.items()
    }


table, tests = [], []
for budget in BUDGETS:
    run = results / f"compressors-{budget}"
    times = milliseconds(run)
    cells = defaultdict(dict)
    for row in rows(run / "leaderboard.csv"):
        cells[row["corpus"], row["system"]][row["metric"]] = row
    for (corpus, system), metrics in cells.items():
        first = metrics["answer-recall"]
        values = []
        for metric in COLUMNS:
            values += [metrics[metric][name] for name in ("mean", "ci_low", "ci_high")]
        time = times.get((corpus, system))
        table.append([corpus, budget, system, first["n"], first["failed"], *values,
                      "" if time is None else f"{time:.3f}"])
    for row in rows(run / "comparisons.csv"):
        if row["metric"] in ("answer-recall", "evidence-recall") and AGAINST in (row["a"], row["b"]):
            names = ("corpus", "metric", "a", "b", "difference", "ci_low", "ci_high", "p", "p_holm",
                     "wins", "ties", "losses", "test")
            tests.append([budget] + [row[name] for name in names])

    languages = sorted({corpus for corpus, _ in cells})
    systems = list(dict.fromkeys(system for _, system in cells))
    across = {(row["system"], row["metric"]): row
              for row in rows(run / "across.csv") if not row["corpus"]}

    def mean(system, metric):
        found = [float(cells[language, system][metric]["mean"]) for language in languages]
        return sum(found) / len(found)

    def interval(system, metric):
        row = across[system, metric]
        low, high = (100 * float(row[name]) for name in ("mean_low", "mean_high"))
        return f"{100 * float(row['mean']):.1f} [{low:.1f}, {high:.1f}]"

    print(f"\n**{budget} tokens**\n")
    print(f"| | {' | '.join(languages)} | answer-recall | evidence-recall | numbers kept | tokens | ms |")
    print("|---|" + "---|" * (len(languages) + 5))
    for system in sorted(systems, key=lambda it: -mean(it, "answer-recall")):
        each = " | ".join(f"{100 * float(cells[it, system]['answer-recall']['mean']):.1f}" for it in languages)
        of = [times.get((language, system)) for language in languages]
        time = sum(of) / len(of) if None not in of else float("nan")
        print(f"| `{system}` | {each} | {interval(system, 'answer-recall')} | "
              f"{interval(system, 'evidence-recall')} | {100 * mean(system, 'literal-retention'):.1f} | "
              f"{mean(system, 'tokens'):.0f} | {time:.1f} |")

header = ["language", "budget", "system", "n", "failed"]
for column in COLUMNS.values():
    header += [column, f"{column}_low", f"{column}_high"]
write("compressors.csv", header + ["cpu_ms_per_document"], table)
write("compressors-tests.csv", ["budget", "language", "metric", "a", "b", "difference", "ci_low", "ci_high",
                                "p", "p_holm", "wins", "ties", "losses", "test"], tests)
