"""What several tests need."""

import subprocess
import sys
from pathlib import Path

import pytest

TEXTS = [
    "The river rose two metres overnight. The old stone bridge was closed at dawn. "
    "Shops along the river stayed shut. The river should fall by Friday.",
    "A whale swam into the harbour on Monday. Crowds lined the harbour wall. "
    "Biologists said the whale was young and healthy. It left at night.",
    "The museum opens a new wing. It holds paintings of the northern school. "
    "Entry is free on Sundays. The cafe sells tea.",
    "Farmers expect a late harvest. Rain has kept tractors out of the fields. "
    "Prices of wheat have risen. Bakers worry.",
    "The old mill burnt down. Nobody was hurt in the fire. Police look for witnesses. "
    "The mill was built in 1820.",
]
SUMMARIES = [
    "The river rose and the stone bridge was closed.",
    "A young whale swam into the harbour.",
    "A new wing of the museum holds northern paintings.",
    "Rain delays the harvest and prices rise.",
    "A fire destroyed the old mill of 1820.",
]


@pytest.fixture
def records():
    """Five documents with a summary each."""
    return [
        {"id": f"d{at}", "lang": "en", "text": text, "summaries": [summary]}
        for at, (text, summary) in enumerate(zip(TEXTS, SUMMARIES, strict=True))
    ]


@pytest.fixture
def results(tmp_path, monkeypatch):
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "results"


@pytest.fixture
def command():
    """Runs the command `epitome` of this environment."""
    program = Path(sys.executable).parent / "epitome"

    def run(*arguments, code=0, **options):
        done = subprocess.run(
            [str(program), *map(str, arguments)], capture_output=True, text=True, **options
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    return run


def last_first(document, budget):
    """Picks from the end."""
    picks = []
    for at in reversed(range(len(document))):
        if budget.fits(document, [*picks, at]):
            picks.append(at)
    return picks
