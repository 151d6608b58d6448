#!/usr/bin/env python3
"""Runs systems over a corpus on Ray: the same results as `epitome run`.

    scripts/ray_run.py --corpus corpus.jsonl --address auto \\
        --rows /shared/rows -- --system tf-idf --metric rouge-1

What comes after `--` goes to `epitome worker`, `statistics` and `aggregate`. The corpus is
one JSON Lines file, each record with an `id`; it, the program, the folder of rows and what
plugins are started with must be at the same (absolute) paths on every machine.

Two passes over the corpus, the first only where a system wants frequencies of words or
lines. A part is a range of bytes that ends where a line ends, and a task of Ray Core; the
corpus is never read by Ray itself, whose readers end a line at U+2028 inside a record. A
task whose worker ends with anything but 0, or whose machine goes, is tried again up to
three times; its rows get their name when they are whole. At the end `epitome aggregate`
holds the end markers and the rows of every part against the corpus, and fails where a
document is missing, is there twice with other rows, or is of another text.

Needs ray 2.60.0.
"""

import os
import shlex
import socket
import subprocess
import tempfile
from pathlib import Path

from distributed import aggregate, checked, fail, merge_statistics, parser, replace, say, wants_statistics

RAY = "2.60.0"
TRIES_AGAIN = 3
CHUNK = 1 << 20


class WorkerFailed(Exception):
    """A worker ended with anything but 0."""


def parse():
    options = parser(__doc__)
    options.add_argument("--address", required=True, help="auto, host:6379 or ray://…; `local` for a try on this machine")
    return checked(options.parse_args())


def begin(arguments):
    try:
        import ray
    except ImportError:
        fail(f"there is no ray here: pip install ray=={RAY}")
    if ray.__version__ != RAY:
        fail(f"ray is {ray.__version__}, and {RAY} is what this was tested with")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(address=arguments.address, log_to_driver=False, logging_level="ERROR")
    return ray


def ranges(corpus, parts):
    """Ranges of bytes that end where lines end, at most `parts` of them."""
    size = corpus.stat().st_size
    ends = []
    with corpus.open("rb") as lines:
        for part in range(1, parts):
            lines.seek(max(size * part // parts - 1, 0))
            lines.readline()
            ends.append(lines.tell())
    ends = sorted({end for end in ends if 0 < end < size} | {size})
    return list(zip([0, *ends], ends))


def one_part(command, corpus, start, end, rows, statistics):
    """Pipes a range of the corpus through a command into the file `rows`."""
    if rows.exists():
        return
    draft = rows.with_name(f".{rows.name}.{socket.gethostname()}.{os.getpid()}")
    with tempfile.TemporaryDirectory() as folder, corpus.open("rb") as lines, draft.open("wb") as out:
        if statistics is not None:
            counts = Path(folder) / "corpus-statistics.jsonl"
            counts.write_bytes(statistics)
            command = [*command, "--corpus-statistics", str(counts)]
        lines.seek(start)
        with tempfile.TemporaryFile() as errors:
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=errors)
            try:
                with worker.stdin:
                    left = end - start
                    while left > 0 and (chunk := lines.read(min(CHUNK, left))):
                        worker.stdin.write(chunk)
                        left -= len(chunk)
            except BrokenPipeError:
                pass  # the exit code says why
            if worker.wait() != 0:
                errors.seek(0)
                draft.unlink()
                said = errors.read().decode(errors="replace")[-2000:]
                raise WorkerFailed(f"bytes {start} to {end}: exit code {worker.returncode}: {said}")
        os.fsync(out.fileno())
    draft.rename(rows)


def each_part(ray, arguments, command, folder, statistics=None):
    """Runs a command on every part and returns the files that it filled."""
    folder.mkdir()
    parts = ranges(arguments.corpus, arguments.parts)
    say(f"{shlex.join(command)} < {arguments.corpus} > {folder}, {len(parts)} parts")
    task = ray.remote(max_retries=TRIES_AGAIN, retry_exceptions=[WorkerFailed], num_cpus=1)(one_part)
    files = [folder / f"part-{at:05}" for at in range(len(parts))]
    waiting = [
        task.remote(command, arguments.corpus, start, end, rows, statistics)
        for (start, end), rows in zip(parts, files)
    ]
    try:
        ray.get(waiting)
    except (ray.exceptions.RayError, WorkerFailed) as error:
        fail(f"a part failed {1 + TRIES_AGAIN} times: {error}")
    missing = [str(rows) for rows in files if not rows.exists()]
    if missing:
        fail(f"no rows at {', '.join(missing)}: is {arguments.rows} the same folder on every machine?")
    return files


def main():
    arguments = parse()
    counted = wants_statistics(arguments)
    replace(arguments.rows)
    work, epitome = arguments.work, arguments.epitome
    ray = begin(arguments)
    try:
        statistics = None
        if counted:
            parts = each_part(ray, arguments, [epitome, "statistics", *work], arguments.rows / "counts")
            # once into the store of every machine
            statistics = ray.put(merge_statistics(arguments, parts).read_bytes())
        rows = arguments.rows / "rows"
        each_part(ray, arguments, [epitome, "worker", *work], rows, statistics)
    finally:
        ray.shutdown()
    aggregate(arguments, rows)


if __name__ == "__main__":
    main()
