"""The schema fits a pain model with classes, conditions and numbers of every status."""

from pathlib import Path

import pytest

from respite.literature import check_library, load_library
from respite.literature.library import Library

FILE = """
id = "pain_invented1"
kind = "pain"
title = "Invented for a test; not from any paper"
source = "invented"
read = "derived"
role = "Shows that the schema fits."
drug = "ketamine"
certainty = { grade = "very_low", why = "invented" }

[structure]
slow = "slow_effect_site"
fast = "fast_sigmoid_adapting"
classes = "responder_classes"
residual = "diary"

[sampling]
site = "venous"
status = "assumed"
because = "invented"

[parameters.slow_ec50]
typical = { value = 10, unit = "ng/mL", standard_error = { kind = "ci95", from = 5, to = 20 } }
between_patients = { kind = "omega_sd", value = 0.3, status = "assumed", because = "invented" }
status = "pooled"
script = "validation/fit.py"
calibrated_to = ["mean pain on day 7 of a trial"]

[parameters.slow_half_time]
typical = { value = 11, unit = "days" }
between_patients = { kind = "not_reported" }
status = "assumed"
because = "invented"

[parameters.r_potency]
typical = { value = 0.25, unit = "ratio", standard_error = { kind = "range", from = 0, to = 0.5 } }
distribution = "logit_normal"
status = "assumed"
because = "invented"

[parameters.fast_ec50]
typical = { value = 120, unit = "ng/mL" }
site = "arterial"
status = "assumed"
because = "invented"

[parameters.fast_hill]
typical = { value = 3, unit = "fraction" }
status = "assumed"
because = "invented"

[parameters.share_adapted]
typical = { value = 60, unit = "%" }
distribution = "logit_normal"
status = "assumed"
because = "invented"

[parameters.adaptation_half_time]
typical = { value = 6, unit = "h" }
status = "assumed"
because = "invented"

[parameters.placebo_chance]
typical = { value = 23, unit = "%", standard_error = { kind = "standard_error", value = 9 } }
distribution = "logit_normal"
status = "assumed"
because = "invented"

[parameters.response_chance]
typical = { value = 0.57, unit = "fraction" }
distribution = "logit_normal"
between_studies = { kind = "logit_sd", value = 0.5, status = "assumed", because = "invented" }
status = "derived"
rule = "chance_beyond"
from = [{ value = 67, unit = "%" }, { value = 23, unit = "%" }]

[conditions.crps]
certainty = { grade = "low", why = "invented" }

[conditions.fibromyalgia]
certainty = { grade = "very_low", why = "invented" }

[conditions.fibromyalgia.parameters.response_chance]
typical = { value = 0.1, unit = "fraction" }
distribution = "logit_normal"
status = "assumed"
because = "invented"

[residual.between_days]
typical = { value = 1.1, unit = "points" }
status = "assumed"
because = "invented"

[switches.adaptation]
default = "no"
options = ["no", "yes"]
because = "invented"
"""

SOURCE = """
id = "invented"
title = "Invented for a test"
authors = "not_reported"
year = "not_reported"
no_identifier_because = "it does not exist"
read = "assumed"
population = "nobody"
date_read = 2026-11-22
licence = "none"
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for folder, name, text in (("models", "pain_invented1", FILE), ("sources", "invented", SOURCE)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_library(tmp_path)


def test_it_passes_the_battery(library: Library) -> None:
    assert check_library(library) == ()


def test_a_condition_overrides_only_what_it_names(library: Library) -> None:
    model = library.model("pain_invented1")
    assert model.in_condition("crps") == model.parameters
    there = model.in_condition("fibromyalgia")
    assert there["response_chance"].value == 0.1
    assert there["slow_ec50"] is model.parameters["slow_ec50"]
    assert model.conditions["fibromyalgia"].certainty.grade == "very_low"


def test_a_level_may_have_a_site_of_its_own(library: Library) -> None:
    model = library.model("pain_invented1")
    assert model.parameters["fast_ec50"].site == "arterial"
    assert model.sampling is not None
    assert model.sampling.site == "venous"
