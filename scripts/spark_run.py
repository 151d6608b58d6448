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

import os
import shlex
import sys

from distributed import aggregate, checked, fail, merge_statistics, parser, replace, say, wants_statistics

PYSPARK = "4.3.0"
UTF_8 = "-Dfile.encoding=UTF-8"


def parse():
    options = parser(__doc__)
    options.add_argument("--master", required=True, help="spark://…, yarn, or local-cluster[2,1,1024] for a try")
    options.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="for Spark; repeatable")
    arguments = options.parse_args()
    if arguments.master.startswith("local["):
        fail("a master of local[…] never tries a task again; local-cluster[2,1,1024] does")
    if not all(word.isascii() for word in arguments.work):
        fail("arguments beyond ASCII do not reach the workers whole under every locale")
    return checked(arguments)


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
            statistics = merge_statistics(arguments, parts)
            # Spark copies it into the working folder of every executor
            context.addFile(str(statistics))
            worker += ["--corpus-statistics", statistics.name]
        rows = arguments.rows / "rows"
        pipe(context, arguments, worker, rows)
    finally:
        context.stop()
    aggregate(arguments, rows)


if __name__ == "__main__":
    main()
