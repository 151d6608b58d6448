"""Tables in the libraries that read them."""

import pickle
import re
from pathlib import Path

import pytest

import epitome

PAGE = Path(__file__).parents[2] / "docs" / "results.md"


@pytest.fixture
def table():
    return epitome.Table(
        {"name": ["a", None, "ü"], "whole": [1, None, -3], "real": [0.5, 2.0, None], "none": [None] * 3}
    )


def test_pyarrow_reads_a_table(table):
    arrow = pytest.importorskip("pyarrow").table(table)
    assert arrow.to_pydict() == table.to_dict()
    assert [str(kind) for kind in arrow.schema.types[:3]] == ["large_string", "int64", "double"]
    arrow.validate(full=True)


def test_polars_reads_a_table(table):
    frame = pytest.importorskip("polars").DataFrame(table)
    assert frame.to_dict(as_series=False) == table.to_dict()


def test_pandas_reads_a_table(table):
    pandas = pytest.importorskip("pandas", minversion="3")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame.from_arrow(table)
    assert frame["name"].tolist()[0] == "a" and frame["real"].sum() == 2.5
    assert frame["whole"].isna().tolist() == [False, True, False]


def test_duckdb_reads_a_table(table):
    duckdb = pytest.importorskip("duckdb")
    found = table  # noqa: F841 (DuckDB finds it by its name)
    assert duckdb.sql("select sum(real), count(name) from found").fetchall() == [(2.5, 2)]


def test_a_capsule_may_be_left_or_read_twice(table):
    table.__arrow_c_stream__()
    pyarrow = pytest.importorskip("pyarrow")
    capsules = [table.__arrow_c_stream__() for _ in range(2)]
    for capsule in capsules:
        reader = pyarrow.RecordBatchReader._import_from_c_capsule(capsule)
        assert reader.read_all().num_rows == 3
    empty = pyarrow.table(epitome.Table({"name": []}))
    assert empty.num_rows == 0


def test_a_table_is_a_value(table):
    assert pickle.loads(pickle.dumps(table)) == table
    assert len(table) == 3 and table.columns == ["name", "whole", "real", "none"]
    assert table.rows(whole=1) == [{"name": "a", "whole": 1, "real": 0.5, "none": None}]
    with pytest.raises(KeyError, match="whole"):
        table["other"]
    with pytest.raises(KeyError):
        table.rows(other=1)
    with pytest.raises(TypeError, match="lengths"):
        epitome.Table({"a": [1], "b": []})
    with pytest.raises(TypeError, match="`a`"):
        epitome.Table({"a": [1, "x"]})


@pytest.mark.skipif(not PAGE.is_file(), reason="the package is tested without its repository")
def test_columns_have_the_types_that_the_documentation_says(records, results):
    run = epitome.run(records, ["lead", "random", epitome.system(lambda *_: [0], "first")], "rouge-1")
    wanted = {}
    for section in PAGE.read_text().split("\n## ")[1:]:
        title = re.match(r"`(\w+\.csv)`", section)
        rows = re.findall(r"^\| `(\w+)` \| ([a-z ]+) \|", section, re.M)
        for name, kind in rows if title else []:
            wanted[title[1], name] = {"integer": "whole", "number": "real"}.get(kind, "text")
    checked = 0
    tables = ["documents", "scores", "failures", "leaderboard", "comparisons", "across"]
    for name in [*tables, "plugin_timings"]:
        for column, kind in run._table(f"{name}.csv")._columns.schema():
            assert wanted[f"{name}.csv", column] == kind, (name, column)
            checked += 1
    assert checked > 50
