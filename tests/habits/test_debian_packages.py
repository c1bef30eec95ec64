"""What a machine lacks is said aloud, and installed only where this user may."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from tools import debian_packages


@pytest.fixture
def machine(monkeypatch):
    """A Debian on which one package is missing; what is run on it is kept."""
    asked = []

    def run(command, **_settings):
        asked.append(command)
        if command[0] == "dpkg-query":
            missing = command[-1] == "libpango-1.0-0" and not any("install" in c for c in asked)
            return SimpleNamespace(returncode=int(missing), stdout="installed")
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(debian_packages.subprocess, "run", run)
    monkeypatch.setattr(debian_packages.shutil, "which", lambda name: name)
    return asked


def test_the_list_is_plain_and_says_what_needs_each_package():
    lines = debian_packages.LIST.read_text("utf-8").splitlines()
    wanted = debian_packages.packages("\n".join(lines))
    assert wanted
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", name) for name in wanted)
    assert len(wanted) == sum("  # " in line for line in lines)
    assert debian_packages.packages("# nothing\n\na  # b\n c") == ["a", "c"]


def test_what_is_missing_is_named_before_it_is_installed(machine, monkeypatch, capsys):
    monkeypatch.setattr(debian_packages, "right_to_install", lambda: ["sudo", "-n"])
    assert debian_packages.main() == 0
    said = capsys.readouterr().err
    assert said.index("missing on this machine: libpango-1.0-0") < said.index("running sudo -n")
    installing = [command for command in machine if "install" in command]
    assert len(installing) == 1
    assert installing[0][-1] == "libpango-1.0-0"


def test_without_the_right_to_install_one_sentence_says_what_to_run(machine, monkeypatch, capsys):
    monkeypatch.setattr(debian_packages, "right_to_install", lambda: None)
    assert debian_packages.main() == 2
    said = capsys.readouterr().err
    assert "sudo apt-get install --no-install-recommends libpango-1.0-0" in said
    assert not [command for command in machine if "apt-get" in command]


def test_where_nothing_is_missing_nothing_is_said_or_done(machine, monkeypatch, capsys):
    monkeypatch.setattr(debian_packages, "is_installed", lambda package: True)
    assert debian_packages.main() == 0
    assert capsys.readouterr().err == ""
    assert machine == []


def test_another_system_is_told_what_must_be_there(machine, monkeypatch, capsys):
    monkeypatch.setattr(debian_packages.shutil, "which", lambda name: None)
    assert debian_packages.main() == 0
    assert "no Debian" in capsys.readouterr().err
