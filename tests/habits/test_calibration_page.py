"""The page of calibration is that of the present library, or says that it is not."""

from __future__ import annotations

import importlib.util
import json
import re

from respite.literature import load_library


def test_the_page_belongs_to_the_present_library_or_says_that_it_does_not(root):
    page = (root / "docs/reference/calibration.md").read_text("utf-8")
    (measured,) = re.findall(r"<!-- library: (\w+) -->", page)
    is_present = measured == load_library().digest_of_models()
    assert ("This page belongs to the present library" in page) == is_present
    assert ("This page does not belong to the present library" in page) == (not is_present)


def test_the_page_and_its_figures_come_from_one_run(root):
    page = (root / "docs/reference/calibration.md").read_text("utf-8")
    data = json.loads((root / "docs/reference/calibration.json").read_text("utf-8"))
    assert f"<!-- library: {data['library_digest']} -->" in page
    for one in data["summaries"]:
        held = one["everyone"]["coverage"]["0.8"]
        assert f"| {held:.1%} |" in page


def test_a_page_of_another_library_is_marked(root):
    path = root / "tools" / "calibration_page.py"
    spec = importlib.util.spec_from_file_location("calibration_page", path)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = "<!-- library: aa -->\n<!-- belongs -->\n<!-- end of belongs -->\n"
    assert "page belongs to the present library, `aa`" in tool.marked(page, "aa")
    other = tool.marked(tool.marked(page, "aa"), "bb")
    assert "page does not belong" in other
    assert "page belongs" not in other
    assert tool.marked(other, "aa") == tool.marked(page, "aa")
