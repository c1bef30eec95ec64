"""Claims: which belong to a question, and how certain they are."""

import pytest

from respite.domain import Regimen
from respite.literature import claims_for, load_library, ways_of_giving

LIBRARY = load_library()


def test_a_claim_about_the_condition_comes_first():
    first = claims_for(LIBRARY, condition="cancer", giving=("subcutaneous",))[0]
    assert first.id == "cancer_pain_under_the_skin_or_by_mouth"
    assert first.says == "no_clear_benefit"


@pytest.mark.parametrize(
    ("days", "grade"), [(0.1, "low"), (10, "low"), (28, "moderate"), (60, "very_low")]
)
def test_each_time_after_a_course_has_its_grade(days, grade):
    giving = ("multi_day_infusion",)
    claims = claims_for(LIBRARY, condition="crps", days=days, measure="mean_pain", giving=giving)
    assert claims[0].window_h is not None
    assert claims[0].grade == grade


def test_claims_of_other_conditions_ways_and_measures_stay_away():
    ids = {one.id for one in claims_for(LIBRARY, condition="crps", measure="mean_pain")}
    assert "single_short_infusion_lasts_days" not in ids
    assert "more_side_effects" not in ids
    nasal = {one.id for one in claims_for(LIBRARY, giving=("nasal",))}
    assert "relief_after_days_of_infusion" not in nasal
    assert "cream_mouth_and_nose" in nasal


def test_every_claim_is_plain_data_with_five_reasons():
    for claim in LIBRARY.claims.values():
        told = claim.to_dict()
        assert len(told["reasons"]) == 5
        assert told["graded_by"] in ("published", "ours")
        assert "_" not in told["grade"]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("ketamine 80 mg iv over 2 h", ("single_short_infusion",)),
        ("ketamine 50 mg im", ("single_short_infusion",)),
        ("ketamine 0.35 mg/kg/h iv over 4 h daily x10", ("repeated_infusions",)),
        ("esketamine 5 mg/h iv for 24 h, 10 mg/h for 24 h", ("multi_day_infusion",)),
        ("ketamine 25 mg sublingual every 8 h for 14 days", ("oral",)),
        ("esketamine 84 mg intranasal", ("nasal",)),
        ("ketamine 100 mg sc over 24 h", ("subcutaneous",)),
    ],
)
def test_a_regimen_tells_its_way_of_giving(text, ways):
    assert ways_of_giving(Regimen.parse(text).events()) == ways


def test_what_is_assumed_when_pooling_has_a_reason():
    spread = LIBRARY.convention("pooling.score_sd")
    assert spread.status == "assumed"
    assert spread.because
    assert spread.standard_error_sd is not None
