"""What runs on Spark and on Ray have in common: the arguments, the two passes, the end."""

import argparse
import shlex
import shutil
import subprocess
import sys
from pathlib import Path


def say(text):
    print(f"{Path(sys.argv[0]).name}: {text}", file=sys.stderr, flush=True)


def fail(text):
    say(f"error: {text}")
    sys.exit(2)


def parser(doc):
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="a JSON Lines file")
    parser.add_argument("--rows", type=Path, required=True, help="folder for rows, replaced where it is of such a run")
    parser.add_argument("--parts", type=int, default=16, help="at least so many parts (16)")
    parser.add_argument("--epitome", default="epitome", help="the program")
    parser.add_argument("--results", default="results", help="folder of all results")
    parser.add_argument("--name", help="name of the run's folder; made from the plan without it")
    parser.add_argument("work", nargs="*", help="arguments of the workers, after --")
    return parser


def checked(arguments):
    """Paths made absolute, or the end."""
    if not arguments.corpus.is_file():
        fail(f"no corpus `{arguments.corpus}`")
    if arguments.parts < 1:
        fail(f"--parts is {arguments.parts}, and 1 is the least")
    program = shutil.which(arguments.epitome)
    if program is None:
        fail(f"no program `{arguments.epitome}`")
    arguments.epitome = str(Path(program).resolve())
    arguments.corpus = arguments.corpus.resolve()
    arguments.rows = arguments.rows.resolve()
    return arguments


def wants_statistics(arguments):
    """Asks a worker without documents."""
    command = [arguments.epitome, "worker", *arguments.work]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode == 0:
        return False
    if "--corpus-statistics" in done.stderr:
        return True
    sys.stderr.write(done.stderr)
    fail(f"`{shlex.join(command)}` would fail in every part")


def replace(folder):
    """Makes way for rows; only what an earlier call made is removed."""
    mark = folder / ".epitome-rows"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        fail(f"{folder}: the folder holds something else")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.touch()


def merge_statistics(arguments, parts):
    """One file of what the first pass counted in every part."""
    statistics = arguments.rows / "corpus-statistics.jsonl"
    draft = statistics.with_suffix(".part")
    merge = [arguments.epitome, "statistics", *arguments.work, "--merge"]
    say(f"{shlex.join(merge)} {len(parts)} files > {statistics}")
    with draft.open("wb") as out:
        subprocess.run([*merge, *map(str, parts)], stdout=out, check=True)
    draft.rename(statistics)
    return statistics


def aggregate(arguments, rows):
    """Holds the rows against the corpus, writes the run's folder, and ends."""
    command = [arguments.epitome, "aggregate", str(rows), "--corpus", str(arguments.corpus), *arguments.work]
    command += ["--results", arguments.results]
    if arguments.name:
        command += ["--name", arguments.name]
    say(shlex.join(command))
    sys.exit(subprocess.run(command).returncode)
