"""Write the catalogue of all that people read: ``src/respite/locale/respite.pot``.

``python tools/write_messages.py`` writes it; with ``--check`` it writes
nothing, says whether it still fits the code, and ends with status 1 if not.
The file holds no dates and no line numbers, so that it changes where a
sentence does and nowhere else.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # for the way of reading templates
SOURCE = ROOT / "src" / "respite"
TEMPLATE = SOURCE / "locale" / "respite.pot"

METHODS = [
    ("**.py", "python"),
    ("report/templates/**.html", "jinja2"),
    ("clinic/**.html", "tools.template_words:extract"),
]
KEYWORDS = {"_": None, "translate": None, "translate_plural": (1, 2)}
"""What a sentence is said with; of the last, the first two arguments are sentences."""

HEADER = """\
# What Respite says to people. Written by tools/write_messages.py: do not edit.
#
msgid ""
msgstr ""
"Project-Id-Version: respite\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def messages() -> Catalog:
    """Collect every sentence of the program, with the files that say it."""
    catalogue = Catalog()
    found = extract_from_dir(
        SOURCE,
        METHODS,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for name, line, message, comments, context in found:
        place = (SOURCE / name).relative_to(ROOT).as_posix()
        catalogue.add(message, None, [(place, line)], auto_comments=comments, context=context)
    for message in catalogue:
        # Places are filled by name, and a sign of percent is only that.
        message.flags.discard("python-format")
    return catalogue


def template() -> str:
    """Give the text of the catalogue, without a translation, in the order of the sentences."""
    text = io.BytesIO()
    write_po(text, messages(), omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + text.getvalue().decode("utf-8").strip("\n") + "\n"


def main() -> int:
    """Write the catalogue, or say whether it is stale."""
    text = template()
    if TEMPLATE.exists() and TEMPLATE.read_text("utf-8") == text:
        return 0
    name = TEMPLATE.relative_to(ROOT)
    if "--check" in sys.argv[1:]:
        print(f"{name} no longer fits the code: make fix")
        return 1
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(text, "utf-8", newline="\n")
    print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
