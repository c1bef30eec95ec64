"""What `make forecast` asks is what the pages show."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("page", ["README.md", "docs/index.md", "docs/tutorials/first-forecast.md"])
def test_the_pages_show_the_question_that_make_forecast_asks(root, page):
    rule = (root / "Makefile").read_text("utf-8").partition("\nforecast:")[2].partition("\n\n")[0]
    command = rule.partition(".venv/bin/")[2].strip()
    assert command.startswith("respite forecast --regimen")
    assert command in (root / page).read_text("utf-8")


def test_check_runs_the_tests_by_the_command_the_readme_gives(root):
    makefile = (root / "Makefile").read_text("utf-8")
    check = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    assert "$(MAKE) test\n" in f"{check}\n"
    assert "    make test " in (root / "README.md").read_text("utf-8")
    assert "make check" in (root / ".ci" / "run").read_text("utf-8")
