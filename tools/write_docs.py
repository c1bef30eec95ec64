"""Write the pages that the code already knows: command help, models, sources, outputs.

``python tools/write_docs.py`` writes them; with ``--check`` it writes nothing,
names the pages that no longer fit the code, and ends with status 1.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import acute_page
import agreement_page
import calibration_page
import interaction_page
import literature_pages
import model_pages
import observation_page
import rule_page
import trial_page
import virtual_diary
import watch_pages
from respite.literature import load_library
from respite.population import Comparison, compare_with_observations
from respite.report import draw_comparison, validate

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTE = "<!-- Written by tools/write_docs.py: do not edit. -->\n\n"

A_COMMAND = re.compile(r"^  ([a-z][a-z-]*): ")
AN_OUTPUT = re.compile(
    r"(<!-- output(?: \((?P<paragraphs>\d+) paragraphs\))?: (?P<command>respite .*?) -->\n)"
    r".*?(<!-- end of output -->)",
    re.DOTALL,
)


def output_of(command: str) -> str:
    """Give what a `respite` command prints in English on 80 columns without colour."""
    program = Path(sys.executable).with_name("respite")
    environment = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    environment |= {"LANGUAGE": "en", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [program, *shlex.split(command)[1:]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{command}\nended with status {done.returncode}:\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def commands_named_in(help_text: str) -> list[str]:
    """Give the commands that a help page lists under its heading of commands."""
    listed = help_text.partition("\nCommands:\n")[2].partition("\n\n")[0]
    matches = (A_COMMAND.match(line) for line in listed.splitlines())
    return [match.group(1) for match in matches if match]


def helped(command: str = "respite") -> Iterator[tuple[str, str]]:
    """Give each command with its help, the ones below it after it."""
    text = output_of(f"{command} --help")
    yield command, text
    for name in commands_named_in(text):
        yield from helped(f"{command} {name}")


def command_page() -> str:
    """Write the page of all commands."""
    parts = [
        f"# Command line\n\n*For clinicians and developers.*\n\n{NOTE}"
        "Every command answers `--help`. Status 0: answered. "
        "Status 2: the request cannot be answered as given, and one message says why. "
        "Status 1: a defect of ours.\n"
    ]
    parts += [f"\n## `{command}`\n\n```text\n{text}\n```\n" for command, text in helped()]
    return "".join(parts)


def with_outputs(page: str) -> str:
    """Fill each marked place of a page with what its command prints."""

    def filled(match: re.Match[str]) -> str:
        text = output_of(match["command"])
        if match["paragraphs"]:
            text = "\n\n".join(text.split("\n\n")[: int(match["paragraphs"])])
        return f"{match[1]}\n```text\n{text}\n```\n\n{match[4]}"

    return AN_OUTPUT.sub(filled, page)


def all_pages(comparison: Comparison) -> dict[Path, str]:
    """Give every page that is written here, by its path."""
    reference = DOCS / "reference"
    pages = {reference / "cli.md": command_page()}
    pages[reference / "predicted-and-observed.md"] = observation_page.page(comparison, NOTE)
    pages[reference / "interactions.md"] = f"{interaction_page.page(NOTE).rstrip()}\n"
    pages[reference / "comparators.md"] = f"{literature_pages.comparator_page(NOTE).rstrip()}\n"
    pages[reference / "rules.md"] = f"{rule_page.page(NOTE).rstrip()}\n"
    pages[reference / "targets.md"] = f"{literature_pages.target_page(NOTE).rstrip()}\n"
    pages[reference / "surveillance.md"] = f"{watch_pages.surveillance_page(NOTE).rstrip()}\n"
    pages[reference / "analytes.md"] = f"{watch_pages.analytes_page(NOTE).rstrip()}\n"
    pages[reference / "titration.md"] = f"{watch_pages.titration_page(NOTE).rstrip()}\n"
    pages |= {
        reference / place: f"{text.rstrip()}\n" for place, text in model_pages.pages(NOTE).items()
    }
    pages[reference / "agreement.md"] = f"{agreement_page.page(validate(), NOTE).rstrip()}\n"
    pages[reference / "acute-effects.md"] = f"{acute_page.page(NOTE).rstrip()}\n"
    pages[reference / "trials.md"] = f"{trial_page.page(NOTE).rstrip()}\n"
    calibration = reference / "calibration.md"
    pages[calibration] = calibration_page.marked(
        calibration.read_text("utf-8"), load_library().digest_of_models()
    )
    for path in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]:
        text = pages.get(path) or path.read_text("utf-8")
        if AN_OUTPUT.search(text):
            pages[path] = with_outputs(text)
    return pages


def pages_of_nothing(pages: dict[Path, str]) -> list[Path]:
    """Give the model pages whose model is gone."""
    return sorted(set((DOCS / "reference" / "models").glob("*.md")) - set(pages))


def draw_picture(page: Path, name: str) -> None:
    """Draw the picture of a page: that of the report on the first command it shows."""
    command = next(match["command"] for match in AN_OUTPUT.finditer(page.read_text("utf-8")))
    with TemporaryDirectory() as folder:
        output_of(f"{command} --report {folder}")
        picture = (Path(folder) / "pain.png").read_bytes()
    keep_picture(name, picture)


def draw_returns() -> None:
    """Draw the picture of the page on visits, from the table that stands on it."""
    page = (DOCS / "how-to" / "see-when-pain-returned.md").read_text("utf-8")
    table = page.partition("```csv\n# visits.csv\n")[2].partition("```")[0]
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "visits.csv").write_text(table, "utf-8")
        output_of(f"respite return-times {place / 'visits.csv'} --report {place / 'report'}")
        picture = (place / "report" / "relief-limits.png").read_bytes()
    keep_picture("return-times.png", picture)


def draw_literature() -> None:
    """Draw the pictures of the pages on other medicines and on how ketamine works."""
    explained = DOCS / "explanation" / "how-ketamine-works.md"
    asked = next(match["command"] for match in AN_OUTPUT.finditer(explained.read_text("utf-8")))
    drawn = {"respite evidence compare": ("lasting-pain",), asked: ("clocks", "targets")}
    for command, names in drawn.items():
        with TemporaryDirectory() as folder:
            output_of(f"{command} --report {folder}/report")
            for name in names:
                keep_picture(f"{name}.png", (Path(folder) / "report" / f"{name}.png").read_bytes())


def keep_picture(name: str, picture: bytes) -> None:
    """Write a picture where it differs from the one that is there."""
    place = DOCS / "pictures" / name
    place.parent.mkdir(exist_ok=True)
    if not place.exists() or place.read_bytes() != picture:
        place.write_bytes(picture)
        print(f"drew {place.relative_to(ROOT)}")


def stale_of(pages: dict[Path, str]) -> list[Path]:
    """Give the pages that are not there, or not as they should be."""
    return [
        path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text
    ]


def write(pages: dict[Path, str]) -> None:
    """Write the pages that are stale."""
    for path in stale_of(pages):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], "utf-8")
        print(f"wrote {path.relative_to(ROOT)}")


def main() -> int:
    """Write the pages, or say which are stale."""
    only_check = "--check" in sys.argv[1:]
    # The commands of pages read these files, so they are written before any command is run.
    handed_out = {ROOT / place: text for place, text in virtual_diary.files().items()}
    if not only_check:
        write(handed_out)
    comparison = compare_with_observations(load_library())
    pages = all_pages(comparison) | handed_out
    gone = pages_of_nothing(pages)
    if only_check:
        stale = stale_of(pages)
        for path in [*stale, *gone]:
            print(f"{path.relative_to(ROOT)} no longer fits the code: make fix")
        return 1 if stale or gone else 0
    write(pages)
    draw_picture(ROOT / "README.md", "forecast.png")
    draw_picture(DOCS / "tutorials" / "one-diary.md", "diary.png")
    draw_returns()
    draw_literature()
    keep_picture(acute_page.PICTURE, acute_page.picture())
    keep_picture(observation_page.PICTURE, draw_comparison(comparison).png)
    for name, picture in agreement_page.pictures(validate()):
        keep_picture(name, picture)
    for path in gone:
        path.unlink()
        print(f"removed {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
