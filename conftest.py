"""What every test shares: the same people every run, and pages whose examples run."""

from __future__ import annotations

import io
import os
import random
import shlex
import shutil
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from respite.cli import main

# Width, colour and language of a terminal must not decide whether a test passes.
os.environ.update(COLUMNS="80", NO_COLOR="1", LANGUAGE="en", MPLBACKEND="Agg", TZ="UTC")
# What a test compiles runs once or twice: making it fast takes longer than running it slowly.
os.environ["JAX_DISABLE_MOST_OPTIMIZATIONS"] = "1"

# The first call of a numerical function may be slow, so no example has a time limit.
settings.register_profile("same-every-run", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("RESPITE_HYPOTHESIS", "same-every-run"))


@pytest.fixture(autouse=True)
def seeded() -> None:
    """Seed the generator that nobody should use, so that a slip stays reproducible."""
    random.seed(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the examples of pages to `make check`, which also builds the pages."""
    pages = Path(__file__).parent / "docs"
    for item in items:
        if item.path.is_relative_to(pages):
            item.add_marker("thorough")


def run_commands(example: Example) -> None:
    """Run each `respite` line of a shell block; all must answer.

    The commands of a page share one folder, which is thrown away after it.
    """
    folder = example.namespace["folder"].name
    for line in str(example.parsed).replace("\\\n", " ").splitlines():
        if not line.startswith("respite "):
            continue
        said = io.StringIO()
        with (
            chdir(folder),
            redirect_stdout(said),
            redirect_stderr(said),
            pytest.raises(SystemExit) as end,
        ):
            main(shlex.split(line, comments=True)[1:])
        assert end.value.code == 0, f"{line}\n{said.getvalue()}"


def write_example_file(example: Example) -> None:
    """Write a block whose first line is `# name.toml` to a file of that name."""
    text = str(example.parsed)
    name = text.splitlines()[0].removeprefix("# ")
    assert name.endswith(".toml"), "begin a block of TOML with the name of its file, as a comment"
    Path(example.namespace["folder"].name, name).write_text(text, "utf-8")


def write_example_table(example: Example) -> None:
    """Write a block whose first line is `# name.csv` to a file of that name, without that line."""
    first, _newline, table = str(example.parsed).partition("\n")
    name = first.removeprefix("# ")
    assert name.endswith(".csv"), "begin a table with the name of its file, as a comment"
    Path(example.namespace["folder"].name, name).write_text(table, "utf-8")


HANDED_OUT = Path("docs", "tutorials", "one-diary")
"""Files that pages hand out to their readers."""


def open_folder(namespace: dict[str, Any]) -> None:
    """Give the examples of one page a folder of their own, with what pages hand out."""
    namespace["folder"] = TemporaryDirectory()
    shutil.copytree(Path(__file__).parent / HANDED_OUT, Path(namespace["folder"].name, HANDED_OUT))


def close_folder(namespace: dict[str, Any]) -> None:
    """Throw the folder of a page away."""
    namespace["folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        CodeBlockParser("sh", run_commands),
        CodeBlockParser("toml", write_example_file),
        CodeBlockParser("csv", write_example_table),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    setup=open_folder,
    teardown=close_folder,
).pytest()
