"""What does not need arrays, figures or a web server does not load them."""

from __future__ import annotations

import subprocess
import sys

import pytest

ARRAYS = {"numpy", "scipy", "jax", "pandas"}
FIGURES = {"matplotlib", "jinja2", "weasyprint"}
WEB = {"django"}

IMPORT = "import respite"
COMMAND = """
import sys
sys.argv = ["respite", *{words!r}]
from respite.cli import main
try:
    ended = main()
except SystemExit as end:
    ended = end.code
assert not ended, ended
"""
LOADED = "\nimport sys\nprint('loaded:', *sys.modules, file=sys.stderr)"
RECORDS = ["records", "--regimen", "ketamine 35 mg iv over 40 min daily x10", "--to", "nonmem"]
FORECAST = ["forecast", "--regimen", "ketamine 0.5 mg/kg iv over 40 min", "--weight", "70"]


@pytest.mark.parametrize(
    ("code", "too_heavy"),
    [
        (IMPORT, ARRAYS | FIGURES | WEB),
        (COMMAND.format(words=["--help"]), ARRAYS | FIGURES | WEB),
        (COMMAND.format(words=["models", "list"]), ARRAYS | FIGURES | WEB),
        (COMMAND.format(words=RECORDS), ARRAYS | FIGURES | WEB),
        (COMMAND.format(words=FORECAST), (ARRAYS - {"numpy"}) | FIGURES | WEB),
    ],
    ids=[
        "import respite",
        "respite --help",
        "respite models list",
        "respite records",
        "respite forecast",
    ],
)
def test_nothing_heavier_is_loaded_than_the_question_needs(code, too_heavy):
    done = subprocess.run(
        [sys.executable, "-c", code + LOADED], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split("loaded:")[-1].split())
    assert not loaded & too_heavy
