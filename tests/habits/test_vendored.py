"""Files of others are served unmodified, with their licence."""

import hashlib

import pytest

VENDORED = {
    "htmx.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
}
"""SHA-256 of each file, as its makers released it: htmx 4.0.1."""


@pytest.fixture
def folder(root):
    return root / "src" / "respite" / "clinic" / "static" / "vendor"


def test_every_vendored_file_is_as_it_was_released(folder):
    scripts = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.js")
    }
    assert scripts == VENDORED


def test_every_vendored_file_comes_with_its_licence(folder):
    assert "Zero-Clause BSD" in (folder / "htmx-LICENSE").read_text("utf-8")
