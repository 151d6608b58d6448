#!/usr/bin/env python3
"""Runs systems over a corpus on Apache Spark: the same results as `epitome run`.

    scripts/spark_run.py --corpus corpus.jsonl --master spark://host:7077 \\
        --rows /shared/rows -- --system tf-idf --metric rouge-1

What comes after `--` goes to `epitome worker`, `statistics` and `aggregate`. The corpus is
one JSON Lines file, each record with an `id`; it, the program, the folder of rows and what
plugins are started with must be at the same (absolute) paths on every machine.

Two passes over the corpus, the first only where a system wants frequencies of words or lines. Both
pipe the lines through the program inside the executors' JVM, in UTF-8 whatever the locale;
a worker that ends with anything but 0 fails its task, which Spark tries again. At the end
`epitome aggregate` holds the end markers and the rows of every part against the corpus,
and fails where a document is missing, is there twice with other rows, or is of another
text.

Needs Java 17 and pyspark 4.3.0.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

PYSPARK = "4.3.0"
UTF_8 = "-Dfile.encoding=UTF-8"


def say(text):
    print(f"spark_run.py: {text}", file=sys.stderr, flush=True)


def fail(text):
    say(f"error: {text}")
    sys.exit(2)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True, help="a JSON Lines file")
    parser.add_argument("--master", required=True, help="spark://…, yarn, or local-cluster[2,1,1024] for a try")
    parser.add_argument("--rows", type=Path, required=True, help="folder for rows, replaced where it is of such a run")
    parser.add_argument("--parts", type=int, default=16, help="at least so many parts (16)")
    parser.add_argument("--epitome", default="epitome", help="the program")
    parser.add_argument("--results", default="results", help="folder of all results")
    parser.add_argument("--name", help="name of the run's folder; made from the plan without it")
    parser.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="for Spark; repeatable")
    parser.add_argument("work", nargs="*", help="arguments of the workers, after --")
    arguments = parser.parse_args()
    if arguments.master.startswith("local["):
        fail("a master of local[…] never tries a task again; local-cluster[2,1,1024] does")
    if not all(word.isascii() for word in arguments.work):
        fail("arguments beyond ASCII do not reach the workers whole under every locale")
    if not arguments.corpus.is_file():
        fail(f"no corpus `{arguments.corpus}`")
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


def begin(arguments):
    try:
        import pyspark
    except ImportError:
        fail(f"there is no pyspark here: pip install pyspark=={PYSPARK}")
    if pyspark.__version__ != PYSPARK:
        fail(f"pyspark is {pyspark.__version__}, and {PYSPARK} is what this was tested with")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    if arguments.master.startswith("local-cluster"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # the driver's JVM is started with these, before any configuration is read
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--driver-java-options {UTF_8} pyspark-shell"
    conf = pyspark.SparkConf().setMaster(arguments.master).setAppName("epitome")
    conf.set("spark.executor.extraJavaOptions", UTF_8)
    conf.set("spark.ui.enabled", "false")
    conf.set("spark.speculation", "false")  # two workers of one part are a waste, not a fault
    for setting in arguments.conf:
        key, _, value = setting.partition("=")
        conf.set(key, value)
    context = pyspark.SparkContext(conf=conf)
    context.setLogLevel("ERROR")
    return context


def pipe(context, arguments, command, folder):
    """Pipes the corpus through a command, in the JVM, into one file a part. A part's file is
    renamed into `folder` when its task has ended well."""
    say(f"{shlex.join(command)} < {arguments.corpus} > {folder}, at least {arguments.parts} parts")
    gateway = context._gateway
    words = gateway.jvm.java.util.ArrayList()
    for word in command:
        words.add(word)
    lines = context._jsc.textFile(arguments.corpus.as_uri(), arguments.parts)
    no_variables = gateway.jvm.java.util.HashMap()
    lines.pipe(words, no_variables, False, 1 << 16, "UTF-8").saveAsTextFile(folder.as_uri())
    if not (folder / "_SUCCESS").exists():
        fail(f"{folder}: Spark left no mark of success")
    return sorted(folder.glob("part-*"))


def replace(folder):
    """Makes way for rows; only what an earlier call made is removed."""
    mark = folder / ".epitome-rows"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        fail(f"{folder}: the folder holds something else")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.touch()


def main():
    arguments = parse()
    counted = wants_statistics(arguments)
    replace(arguments.rows)
    work, epitome = arguments.work, arguments.epitome
    context = begin(arguments)
    try:
        worker = [epitome, "worker", *work]
        if counted:
            parts = pipe(context, arguments, [epitome, "statistics", *work], arguments.rows / "counts")
            statistics = arguments.rows / "corpus-statistics.jsonl"
            draft = statistics.with_suffix(".part")
            merge = [epitome, "statistics", *work, "--merge", *map(str, parts)]
            say(f"{shlex.join(merge[:len(work) + 3])} {len(parts)} files > {statistics}")
            with draft.open("wb") as out:
                subprocess.run(merge, stdout=out, check=True)
            draft.rename(statistics)
            # Spark copies it into the working folder of every executor
            context.addFile(str(statistics))
            worker += ["--corpus-statistics", statistics.name]
        rows = arguments.rows / "rows"
        pipe(context, arguments, worker, rows)
    finally:
        context.stop()
    aggregate = [epitome, "aggregate", str(rows), "--corpus", str(arguments.corpus), *work]
    aggregate += ["--results", arguments.results]
    if arguments.name:
        aggregate += ["--name", arguments.name]
    say(shlex.join(aggregate))
    sys.exit(subprocess.run(aggregate).returncode)


if __name__ == "__main__":
    main()
