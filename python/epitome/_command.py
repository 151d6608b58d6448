"""The command ``epitome``."""

from __future__ import annotations

import signal
import sys

from ._native import main as program


def main() -> int:
    """Runs the program with the arguments of this process; returns its exit code."""
    # the program has its own way to end; Python's handler would only note the signal
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.flush()
    return program(["epitome", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
