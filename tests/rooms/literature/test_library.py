"""The library as other rooms meet it: by its door."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from respite.domain import LibraryFault
from respite.literature import check_library, load_library

SHIPPED = load_library().folder


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "elsewhere"))


def test_the_fingerprint_is_the_same_in_another_place_and_with_other_line_ends(
    copied: Path,
) -> None:
    file = copied / "models" / "pain_dahan2011.toml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_library(copied).digest() == load_library().digest()


def test_the_fingerprint_moves_with_one_digit(copied: Path) -> None:
    file = copied / "models" / "pain_dahan2011.toml"
    file.write_text(file.read_text().replace("value = 10.5", "value = 10.6"))
    assert load_library(copied).digest() != load_library().digest()


def test_the_fingerprint_is_short_and_hexadecimal() -> None:
    digest = load_library().digest()
    assert len(digest) == 16
    assert int(digest, 16) >= 0


def test_an_unknown_model_is_answered_with_the_command_that_lists_them() -> None:
    with pytest.raises(LibraryFault, match="respite models list"):
        load_library().model("ketamine_nobody1900")


def test_a_misspelt_model_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(LibraryFault, match="did you mean 'ketamine_respite1'"):
        load_library().model("ketamine_respit1")


def test_a_file_is_read_only_when_it_is_asked_for(copied: Path) -> None:
    (copied / "models" / "broken_later2099.toml").write_text("nonsense =")
    library = load_library(copied)
    assert "broken_later2099" in library.models
    assert library.model("people_crps2011").kind == "people"
    with pytest.raises(LibraryFault, match="line 1"):
        library.model("broken_later2099")


def test_a_record_is_read_once() -> None:
    library = load_library()
    assert library is load_library()
    assert library.model("ketamine_respite1") is library.model("ketamine_respite1")
    assert library.assembled("ketamine_respite1") is library.assembled("ketamine_respite1")


def test_a_new_file_needs_no_registration(copied: Path) -> None:
    text = (copied / "models" / "ketamine_clements1981.toml").read_text(encoding="utf-8")
    text = text.replace('id = "ketamine_clements1981"', 'id = "ketamine_again1981"')
    (copied / "models" / "ketamine_again1981.toml").write_text(text, encoding="utf-8")
    assert load_library(copied).model("ketamine_again1981").drug == "ketamine"
    assert check_library(copied) == ()


def test_a_source_gives_one_line_to_cite() -> None:
    line = load_library().source("dahan2011").citation
    assert line.startswith("Dahan A, and others (2011).")
    assert line.endswith("https://doi.org/10.1016/j.ejpain.2010.06.016")


def test_constants_of_chemistry_are_found_by_name() -> None:
    assert load_library().constant("constants_ketamine.base_per_hydrochloride") == 0.867


def test_the_room_loads_no_array_library() -> None:
    code = "import sys, respite.literature as room; room.load_library().digest()\n"
    code += "assert not {'numpy', 'scipy', 'jax'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_changed_model_is_given_in_place_of_its_file_and_moves_the_fingerprint() -> None:
    library = load_library()
    model = library.model("pain_dahan2011")
    number = model.parameters["slow_half_time"]
    slower = replace(number, typical=replace(number.typical, value=2 * number.typical.value))
    changed = library.with_model(
        replace(model, parameters={**model.parameters, "slow_half_time": slower})
    )
    found = changed.assembled("pain_dahan2011").parameters["slow_half_time"]
    assert found.value == 2 * number.value
    assert set(changed.models) == set(library.models)
    assert library.model("pain_dahan2011").parameters["slow_half_time"].value == number.value
    assert changed.digest() != library.digest()
    again = changed.with_model(model)
    assert again.digest() != changed.digest()


THREADS_THAT_READ = """
import sys, threading
from respite.literature.model import Model
from respite.literature.reader import read_record
from pathlib import Path

sys.setswitchinterval(1e-7)
file = next(Path(sys.argv[1], "models").glob("*.toml"))
together = threading.Barrier(8)

def read():
    together.wait()
    read_record(file, Model)

threads = [threading.Thread(target=read) for _each in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
"""


def test_threads_that_read_at_once_bring_no_process_down() -> None:
    for _try in range(2):
        asked = [sys.executable, "-c", THREADS_THAT_READ, str(SHIPPED)]
        assert subprocess.run(asked, check=False).returncode == 0
