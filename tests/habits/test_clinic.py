"""Habits of the clinic: who asks the tables, and who writes."""

import re

import pytest

MAY_ASK = {"models", "access", "actions", "queries"}
"""Names of files that may ask the tables; what begins with one of them may as well."""


@pytest.fixture
def files(root):
    folder = root / "src" / "respite" / "clinic"
    return [
        one
        for one in sorted(folder.rglob("*.py"))
        if "migrations" not in one.parts and "demo" not in one.parts and "running" not in one.parts
    ]


def test_views_ask_no_table(files):
    for file in files:
        if "views" in file.stem or file.stem in {"pages", "joining", "forms"}:
            found = re.findall(r"\b[A-Z]\w*\.objects", file.read_text("utf-8"))
            assert not found, f"{file.name}: {found}"


def test_only_actions_write(files):
    writes = re.compile(r"\.objects\.(create|bulk_create|update_or_create)\(|\.save\(|\.delete\(\)")
    for file in files:
        if "actions" in file.stem:
            continue
        found = writes.findall(file.read_text("utf-8"))
        assert not found, f"{file}: {found}"


def test_every_app_has_access_and_actions_of_its_own(root):
    folder = root / "src" / "respite" / "clinic"
    for app in ("accounts", "patients", "diaries", "forecasts", "surveillance"):
        names = {one.name for one in (folder / app).glob("*.py")}
        assert {"models.py", "access.py", "actions.py", "queries.py", "views.py"} <= names, app


def test_a_patient_is_held_so_that_rows_may_still_name_the_patient(root):
    # Held more firmly, whoever writes a dose while holding the trail would wait in a circle.
    for file in sorted((root / "src" / "respite" / "clinic").rglob("*.py")):
        assert "PatientRecord.objects.select_for_update()" not in file.read_text("utf-8"), file


def test_every_rule_of_a_style_sheet_is_closed(root):
    # A browser forgives what is left open, and drops half of a sheet without a word.
    sheets = sorted((root / "src/respite/clinic/static/clinic").glob("*.css"))
    assert sheets
    for sheet in sheets:
        depth = 0
        for number, line in enumerate(sheet.read_text("utf-8").splitlines(), 1):
            told = f"{sheet.name}, line {number}: a rule before it is open"
            assert depth == 0 or not line.startswith("/*"), told
            depth += line.count("{") - line.count("}")
        assert depth == 0, sheet.name
