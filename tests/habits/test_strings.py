"""Nothing in the project depends on, or tells of, the machine it was written on."""

from __future__ import annotations

import re

BANNED = {
    r"(?<![\w.])/(home|root|work|Users|tmp|opt)/": "a path of one machine",
    r"(?<!\w)[A-Z]:\\Users": "a path of one machine",
    r"file:/" + r"//": "a path of one machine",
    r"py" + r"pi\.org|python" + r"hosted": "an address of a package registry",
    r"--(extra-)?index-" + r"url|--find-" + r"links": "an address of a package registry",
    r"\b(uv|poetry|Pipfile|pdm)\." + r"lock\b": "a second way of locking",
    r"pip install " + r"respite(?!-)": "the name of another project's distribution",
}


def test_no_file_names_a_machine_or_a_package_registry(project_files, root):
    faults = []
    for path in project_files:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        place = path.relative_to(root).as_posix()
        for pattern, what in BANNED.items():
            for match in re.finditer(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                faults.append(f"{place}:{line} {match.group()!r} is {what}")
    assert not faults, "\n".join(faults)


OF_THE_SYSTEM = {"debian-services.txt"}
"""Lists of packages that Debian signs, with no hashes of ours."""


def test_requirements_carry_hashes_and_nothing_else(root):
    for path in sorted((root / "requirements").glob("*.txt")):
        if path.name in OF_THE_SYSTEM:
            continue
        text = path.read_text("utf-8").replace("\\\n", " ")
        pins = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
        unpinned = [pin[:60] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]
        assert pins
        assert not unpinned, f"{path.name}: {unpinned}"
