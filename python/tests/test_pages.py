"""What the pages on Python show is what happens."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ["docs/own-systems.md", "docs/python.md"]


@pytest.mark.skipif(not (ROOT / "README.md").is_file(), reason="tested without its repository")
@pytest.mark.parametrize("page", PAGES)
def test_examples_run(page, results, command, capsys):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.S)
    assert blocks
    shared = {}
    for block in blocks:
        exec(compile(block, page, "exec"), shared)
    said = capsys.readouterr().out
    if page == "docs/own-systems.md":
        assert sum(bool(line.strip()) for line in blocks[0].splitlines()) < 15
        assert "lex-rank" in said and "mine - lead" in said
        assert "mine" in command("compare", shared["run"].folder, "mine", "lead")
