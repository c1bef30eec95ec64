"""Commands by which a clinic is run, in folders that are not what they should be."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

NEW_CLINIC = ("--clinic", "North", "--phone", "1", "--urgent-phone", "2")


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def clinic(home):
    environment = os.environ | {"RESPITE_CLINIC_HOME": str(home)}
    for name in ("DATABASE_URL", "RESPITE_CLINIC_MODE", "RESPITE_CLINIC_SECRET"):
        environment.pop(name, None)

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "respite", "clinic", *words],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_a_demo_never_takes_the_place_of_a_real_clinic(clinic, home):
    made = clinic("invite", "--role", "administrator", "--name", "Ada", *NEW_CLINIC)
    assert made.returncode == 0, made.stderr
    kept = (home / "clinic.sqlite3").read_bytes()
    refused = clinic("demo", "--only-make", "--patients", "1")
    assert refused.returncode == 2
    assert "no demo made it" in refused.stderr
    assert (home / "clinic.sqlite3").read_bytes() == kept


@pytest.mark.parametrize(
    "words", [("serve",), ("invite", "--role", "nurse", "--name", "Nora", *NEW_CLINIC)]
)
def test_nothing_real_is_kept_in_the_folder_of_a_demo(clinic, home, words):
    home.mkdir()
    (home / "demo-password").write_text("quiet-rivers")
    refused = clinic(*words)
    assert refused.returncode == 2
    assert "holds a demo" in refused.stderr
    assert not (home / "clinic.sqlite3").exists()


def test_nobody_is_invited_as_what_there_is_not(clinic):
    refused = clinic("invite", "--role", "surgeon", "--name", "Sam", *NEW_CLINIC)
    assert refused.returncode == 2
    assert "surgeon" in refused.stderr
    assert "administrator" in refused.stderr


def test_a_new_clinic_tells_its_phones(clinic):
    refused = clinic("invite", "--role", "nurse", "--name", "Nora", "--clinic", "North")
    assert refused.returncode == 2
    assert "no number to call" in refused.stderr


def test_a_clinic_of_the_release_before_is_set_aside_and_brought_up_to_date(clinic, home):
    made = clinic("invite", "--role", "administrator", "--name", "Ada", *NEW_CLINIC)
    assert made.returncode == 0, made.stderr
    assert "those of this release" in clinic("upgrade").stdout
    file = home / "clinic.sqlite3"
    with closing(sqlite3.connect(file)) as tables, tables:
        tables.execute("ALTER TABLE patients_patientrecord DROP COLUMN phone")
        tables.execute("DELETE FROM django_migrations WHERE name = '0003_phone'")
    assert clinic("check").returncode == 2
    said = clinic("upgrade")
    assert said.returncode == 0, said.stderr
    assert "1 change made: patients.0003_phone" in said.stdout
    assert clinic("check").returncode == 0
    assert "phone" in columns_of_patients(file)
    (kept,) = home.glob("clinic.sqlite3.before-*")
    assert "phone" not in columns_of_patients(kept)


def columns_of_patients(file):
    with closing(sqlite3.connect(file)) as tables:
        return [row[1] for row in tables.execute("PRAGMA table_info(patients_patientrecord)")]


@pytest.mark.parametrize(
    "command", ["serve", "demo", "invite", "worker", "backup", "restore", "upgrade", "check"]
)
def test_every_command_explains_itself_with_an_example(clinic, command):
    said = clinic(command, "--help")
    assert said.returncode == 0, said.stderr
    assert f"respite clinic {command}" in said.stdout.split("Example", 1)[1]
