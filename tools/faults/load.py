"""A large run with plugins that fail now and then, killed again and again; `scripts/measure-load` runs it.

The run is made twice: undisturbed, and killed by SIGKILL after every so many seconds and started
again, so many times at most, until it ends. Tables are made of all rows after the last of them, from
the beginning each time, so that a run that is killed sooner than they are made would never end.
Both write the same bytes, but for the clock. Printed are time and peak memory of both, how often the
second was killed, and how many rows failed.
"""

import argparse
import csv
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

from campaign import contents, differences

SYSTEMS = ["lead", "tail", "random", "longest", "luhn", "edmundson", "tf-idf", "centroid", "sum-basic", "kl-sum", "mmr",
           "text-rank", "degree", "lex-rank", "pac-sum"]
PLUGINS = {  # the faults of each plugin
    "one": ["exit", "kill"],
    "two": ["garbage", "twice"],
    "three": ["error", "another-id"],
    "four": ["segv", "abort"],
    "five": ["out-of-range", "exit-255"],
}
RARE = 2_000  # a plugin fails on one document of so many
WORDS = ("river bridge council town flood school budget market train harbour mayor storm road library museum "
         "farmer engine winter river bank ferry island tower field garden police doctor letter window").split()


def write_corpus(path, documents):
    """Short documents of six sentences, with a fault in few of them."""
    dice = random.Random(1)
    with open(path, "w") as out:
        for at in range(documents):
            sentences = [" ".join(dice.choices(WORDS, k=8)).capitalize() + "." for _ in range(6)]
            for name, faults in PLUGINS.items():
                if dice.randrange(RARE) == 0:
                    sentences.append(f"It is {name.upper()}:{dice.choice(faults)}.")
            record = {"id": f"d{at}", "lang": "en", "text": "\n".join(sentences), "summaries": [sentences[0]]}
            out.write(json.dumps(record) + "\n")


def write_plugins(folder, hostile):
    for name in PLUGINS:
        (folder / f"{name}.toml").write_text(f'name = "{name}"\nrun = ["{hostile}", "{name.upper()}"]\ntimeout = 60\n')


def run(words, folder, seconds=None):
    """Runs a command, killed after so many seconds. Returns its status and its peak memory in MB."""
    with open(folder / "said.txt", "ab") as said:
        process = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    deadline = None if seconds is None else time.monotonic() + seconds
    while True:
        found, status, usage = os.wait4(process.pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024
        if deadline is not None and time.monotonic() > deadline:
            process.send_signal(signal.SIGKILL)
            deadline = None
        time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epitome", required=True)
    parser.add_argument("--hostile", required=True)
    parser.add_argument("--folder", required=True, help="emptied before the run")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60, help="after which the run is killed")
    parser.add_argument("--kills", type=int, default=20, help="after which the run is left to end")
    arguments = parser.parse_args()
    epitome, hostile = (str(pathlib.Path(it).resolve()) for it in (arguments.epitome, arguments.hostile))

    folder = pathlib.Path(arguments.folder).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_corpus(folder / "c.jsonl", arguments.documents)
    write_plugins(folder, hostile)
    words = [epitome, "run", "--corpus", "c.jsonl", "--metric", "rouge-1", "--quiet", "--tolerance", "1"]
    for system in SYSTEMS:
        words += ["--system", system]
    for name in PLUGINS:
        words += ["--plugin", f"{name}.toml"]

    begun = time.monotonic()
    code, peak = run([*words, "--name", "undisturbed"], folder)
    if code not in (0, 3):
        sys.exit(f"the undisturbed run ends with code {code}, not 0 or 3: see {folder}/said.txt")
    undisturbed_seconds = time.monotonic() - begun

    begun, kills, peaks = time.monotonic(), 0, []
    while True:
        seconds = arguments.seconds if kills < arguments.kills else None
        code, of_this = run([*words, "--name", "killed"], folder, seconds)
        peaks.append(of_this)
        if code in (0, 3):
            break
        if code != -signal.SIGKILL:
            sys.exit(f"the run that is killed ends with code {code}, not 0 or 3: see {folder}/said.txt")
        kills += 1
    killed_seconds = time.monotonic() - begun

    results = folder / "results"
    other = differences(contents(results / "killed"), contents(results / "undisturbed"))
    with open(results / "killed" / "scores.csv", newline="") as rows:
        failed = sum(row["status"] != "ok" for row in csv.DictReader(rows))
    print("| documents | systems | rows that failed | undisturbed: s | peak MB | killed: s | kills | peak MB | files that differ |")
    print("|---|---|---|---|---|---|---|---|---|")
    print(f"| {arguments.documents:,} | {len(SYSTEMS) + len(PLUGINS)} | {failed:,} | {undisturbed_seconds:.0f} | {peak} "
          f"| {killed_seconds:.0f} | {kills} | {max(peaks)} | {', '.join(other) or 'none'} |")
    print("load:", os.getloadavg()[0])
    sys.exit(1 if other else 0)


if __name__ == "__main__":
    main()
