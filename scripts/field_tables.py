"""What the kept tables say of systems beside the baseline of their task: `lead` for summaries,
`first-phrases` for keyphrases.

`corpora.csv` has a row for each corpus: the best system by the first metric, how many are not shown to
differ from it, its difference from the baseline, and how many systems are shown to be better or worse
than the baseline. `systems.csv` has a row for each system: on how many corpora it is in the best group,
and shown to be better or worse than the baseline. Differences are paired, Holm-corrected over all pairs
of a corpus and metric, at 5 %, in the unit of the metric. † marks a system that was learnt on documents of
the corpus, and `learnt_on` counts such corpora. `tables.md` is both, to be read.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

BASELINES = {"summaries": "lead", "keyphrases": "first-phrases"}
ALPHA = 0.05


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def boards(folder):
    """The first metric of each corpus, budget and task of a run: a list of rows."""
    found = {}
    for row in rows(folder / "leaderboard.csv"):
        if row["kind"] != "system" or not row["mean"]:
            continue
        task = "keyphrases" if row["budget"].endswith("keyphrases") else "summaries"
        board = found.setdefault((row["corpus"], row["budget"], task), [])
        if not board or board[0]["metric"] == row["metric"]:
            board.append(row)
    return found


def compared(pairs, corpus, metric, one, other):
    """Difference, bounds and corrected p of two systems, or None."""
    for row in pairs:
        if (row["corpus"], row["metric"]) == (corpus, metric) and {row["a"], row["b"]} == {one, other}:
            sign = 1 if row["a"] == one else -1
            bounds = sorted(sign * float(row[name]) for name in ("ci_low", "ci_high")) if row["ci_low"] else ["", ""]
            return sign * float(row["difference"]), *bounds, float(row["p_holm"])
    return None


def write(path, found):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(found)


def ranks(row):
    return row["rank_low"] if row["rank_low"] == row["rank_high"] else f"{row['rank_low']}–{row['rank_high']}"


def main(folders, output):
    corpora, systems = [], defaultdict(lambda: defaultdict(int))
    for folder in folders:
        pairs = rows(folder / "comparisons-kept.csv")
        for (corpus, budget, task), board in boards(folder).items():
            metric, baseline = board[0]["metric"], BASELINES[task]
            best = max(board, key=lambda row: float(row["mean"]))
            counts = defaultdict(int)
            near = 0
            for row in board:
                own = systems[task, row["system"]]
                own["corpora"] += 1
                own["learnt_on"] += bool(row["learnt_on"])
                beside_best = compared(pairs, corpus, metric, row["system"], best["system"])
                if row is best or (beside_best and beside_best[3] >= ALPHA):
                    own["in_best_group"] += 1
                    near += row is not best
                beside = compared(pairs, corpus, metric, row["system"], baseline)
                if beside is None:
                    continue
                kind = "not_shown" if beside[3] >= ALPHA else "better" if beside[0] > 0 else "worse"
                counts[kind] += 1
                own[kind] += 1
            first = next((row for row in board if row["system"] == baseline), None)
            gain = compared(pairs, corpus, metric, best["system"], baseline)
            if first is None or (gain is None and best is not first):
                continue
            gain = gain or (0.0, 0.0, 0.0, 1.0)
            corpora.append({
                "run": f"{folder.parent.name}/{folder.name}", "corpus": corpus, "task": task, "budget": budget,
                "documents": best["n"], "metric": metric, "systems": len(board),
                "best": best["system"] + ("†" if best["learnt_on"] else ""),
                "best_ranks": ranks(best),
                "not_shown_to_differ": near, "baseline": baseline,
                "baseline_mean": f"{float(first['mean']):.4f}", "baseline_ranks": ranks(first),
                "gain": f"{gain[0]:.4f}", "gain_low": f"{gain[1]:.4f}", "gain_high": f"{gain[2]:.4f}",
                "p_holm": f"{gain[3]:.4g}", "better_than_baseline": counts["better"],
                "not_shown_to_differ_from_baseline": counts["not_shown"], "worse_than_baseline": counts["worse"],
            })
    write(output / "corpora.csv", corpora)
    found = [{"task": task, "system": system, **{name: own[name] for name in
              ("corpora", "learnt_on", "in_best_group", "better", "not_shown", "worse")}}
             for (task, system), own in systems.items()]
    found.sort(key=lambda row: (row["task"], -row["in_best_group"], -row["better"], row["worse"], row["system"]))
    write(output / "systems.csv", found)

    with open(output / "tables.md", "w", encoding="utf-8") as file:
        for task, baseline in (("summaries", "lead"), ("keyphrases", "first-phrases")):
            print(f"## {task.capitalize()} beside `{baseline}`\n", file=file)
            print("| corpus | n | budget | best (ranks) | not shown to differ from it | its gain in points | "
                  f"`{baseline}` (ranks) | better / not shown / worse than `{baseline}` |", file=file)
            print("|---|---:|---|---|---:|---|---|---|", file=file)
            for row in corpora:
                if row["task"] == task:
                    gain = ("it is the baseline" if row["best"] == baseline else
                            f"{100 * float(row['gain']):+.1f} ({100 * float(row['gain_low']):+.1f} to {100 * float(row['gain_high']):+.1f})"
                            + ("" if float(row["p_holm"]) < ALPHA else ", not shown"))
                    print(f"| {row['corpus']} | {row['documents']} | {row['budget']} | {row['best']} ({row['best_ranks']}) | "
                          f"{row['not_shown_to_differ']} | {gain} | {100 * float(row['baseline_mean']):.1f} ({row['baseline_ranks']}) | "
                          f"{row['better_than_baseline']} / {row['not_shown_to_differ_from_baseline']} / {row['worse_than_baseline']} |", file=file)
            print("\n† was learnt on documents of the corpus; the second table counts such corpora as `learnt on`.", file=file)
            print(f"\n| system | corpora | learnt on | in the best group | better than `{baseline}` | not shown | worse |\n|---|---:|---:|---:|---:|---:|---:|", file=file)
            for row in found:
                if row["task"] == task:
                    print(f"| {row['system']} | {row['corpora']} | {row['learnt_on']} | {row['in_best_group']} | {row['better']} | {row['not_shown']} | {row['worse']} |", file=file)
            print(file=file)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[2:]], Path(sys.argv[1]))
