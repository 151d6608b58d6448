"""One table of quality and time for each of the two runs of `compare-with-peers`."""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

output = Path(sys.argv[1])


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def milliseconds(folder):
    """Processor time of a document: by the peers themselves; for ours, of the analysis and the
    system, while criterion called them on one core."""
    times = defaultdict(list)
    for row in rows(folder / "plugin_timings.csv"):
        times[row["system"]].append(int(row["cpu_ns"] or 0))
    found = {system: sum(all) / len(all) / 1e6 for system, all in times.items()}
    ours = {row["system"]: float(row["cpu_ns"]) / int(row["documents"]) / 1e6
            for row in rows(folder / "timings.csv")}
    analysis = ours.pop("(analysis)")
    found.update({system: analysis + time for system, time in ours.items()})
    return found


for task in ("summaries", "keyphrases"):
    folder = output / task
    times = milliseconds(folder)
    with open(output / f"{task}.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["corpus", "system", "metric", "signature", "mean", "ci_low", "ci_high",
                        "n", "failed", "words", "cpu_ms_per_document"])
        for row in rows(folder / "leaderboard.csv"):
            time = times.get(row["system"])
            kept = [row[name] for name in ("corpus", "system", "metric", "signature", "mean",
                                           "ci_low", "ci_high", "n", "failed", "words")]
            table.writerow(kept + ["" if time is None else f"{time:.3f}"])

with open(output / "about.txt", "w", encoding="utf-8") as file:
    for task in ("summaries", "keyphrases"):
        manifest = json.loads((output / task / "manifest.json").read_text())
        print(f"{task}: {manifest['start']} to {manifest['end']}", file=file)
        print(f"  epitome {manifest['epitome']}, {manifest['rustc']}", file=file)
        print(f"  {manifest['cpu']}, {manifest['cores']} cores", file=file)
        for system in manifest["systems"]:
            print(f"  {system['name']}: {system.get('version') or 'ours'}", file=file)
