"""Laws of the regimen language, over texts drawn from every combination of its forms."""

import itertools
from datetime import datetime

import pytest
from damaged_texts import damaged
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import (
    DoseEvent,
    Drug,
    FileNotUnderstood,
    Form,
    Regimen,
    RegimenNotUnderstood,
    Route,
    Salt,
    read_dosing_history,
    write_dosing_history,
)

law = settings(derandomize=True, deadline=None, max_examples=40)
few = settings(derandomize=True, deadline=None, max_examples=25)

FORMS = ["solution", "tablet", "controlled-release"]
ROUTES = ["iv", "im", "sc", "intranasal", "oral", "sublingual", "buccal", "rectal", "inhaled"]
PLACES = [*ROUTES, *(f"oral {form}" for form in FORMS)]
FREQUENCIES = [
    "daily",
    "twice daily",
    "three times daily",
    "four times daily",
    "every other day",
    "weekly",
    "twice weekly",
    "three times weekly",
    "every 12 h",
    "every 36 h",
    "every 3 days",
    "every 2 weeks",
    "every 4 weeks",
]
DRUGS = st.sampled_from(["ketamine", "ketamine HCl", "esketamine", "esketamine HCl"])
DOSES = st.sampled_from(["0.5 mg/kg", "80 mg", "0.1 g", "500 ug", "250 ug/kg", "12.25 mg"])
RATES = st.sampled_from(["5 mg/h", "0.35 mg/kg/h", "3 ug/kg/min", "0.25 mg/min", "500 ug/h"])
TIMES = st.sampled_from(["30 s", "10 min", "40 min", "2 h", "1.5 h", "100 min"])
BOUNDS = st.one_of(
    st.integers(1, 12).map("x{}".format),
    st.sampled_from(["for 2 weeks", "for 1 week", "for 4 days", "for 36 h", "for 1 day"]),
)
SCHEDULES = st.builds("{} {}".format, st.sampled_from(FREQUENCIES), BOUNDS)


@st.composite
def steps(draw: st.DrawFn, *, first: bool, lasting: bool = False) -> str:
    """One dose; only the first of a part must name its drug and route."""
    if draw(st.integers(0, 5)) == 0:
        place = draw(st.sampled_from(PLACES)) if first or draw(st.booleans()) else None
        over = f"over {draw(TIMES)}" if lasting or place is None or draw(st.booleans()) else None
        return " ".join(filter(None, ["placebo", place, over]))
    drug = draw(DRUGS) if first or draw(st.booleans()) else None
    if draw(st.booleans()):
        timing = f"{draw(st.sampled_from(['for', 'over']))} {draw(TIMES)}"
        return " ".join(
            filter(None, [drug, draw(RATES), draw(st.sampled_from(["iv", "sc"])), timing])
        )
    place = draw(st.sampled_from(PLACES)) if first or draw(st.booleans()) else None
    over = f"over {draw(TIMES)}" if lasting or place is None or draw(st.booleans()) else None
    return " ".join(filter(None, [drug, draw(DOSES), place, over]))


@st.composite
def courses(draw: st.DrawFn, *, first: bool) -> str:
    schedule = draw(SCHEDULES)
    if not first and draw(st.integers(0, 3)) == 0:
        return schedule
    chain = [draw(steps(first=first))]
    chain += [draw(steps(first=False, lasting=True)) for _ in range(draw(st.integers(0, 2)))]
    text = ", ".join(chain)
    return text if first and draw(st.integers(0, 3)) == 0 else f"{text} {schedule}"


@st.composite
def parts(draw: st.DrawFn) -> str:
    later = [draw(courses(first=False)) for _ in range(draw(st.integers(0, 2)))]
    return " then ".join([draw(courses(first=True)), *later])


def _is_meant(text: str) -> bool:
    """An amount may not follow a placebo without its drug named: a refusal tested elsewhere."""
    for part in text.split(";"):
        drug = None
        for step in part.replace(" then ", ",").split(","):
            word = step.split()[0]
            if word in ("ketamine", "esketamine", "placebo"):
                drug = word
            elif drug == "placebo" and word[0].isdigit():
                return False
    return True


TEXTS = st.lists(parts(), min_size=1, max_size=2).map("; ".join).filter(_is_meant)


@law
@given(TEXTS)
def test_canonical_text_is_printed_back_exactly(text: str) -> None:
    regimen = Regimen.parse(text)
    assert str(regimen) == text
    again = Regimen.parse(str(regimen))
    assert again == regimen
    assert hash(again) == hash(regimen)
    assert eval(repr(regimen)) == regimen


@law
@given(TEXTS, st.randoms(use_true_random=False))
def test_case_spaces_and_synonyms_change_nothing(text: str, random) -> None:
    other = {
        "iv": "Intravenous",
        "h": "hours",
        "ug": "µg",
        "min": "minutes",
        "HCl": "hydrochloride",
    }
    other |= {"solution": "syrup", "tablet": "Capsules", "controlled-release": "Slow RELEASE"}
    other |= {"oral": "PO", "x3": "x 3", "day": "d", "daily": "DAILY", "esketamine": "S-ketamine"}
    spaces = [" ", "  ", "\t", " \n "]
    words = [other.get(word, word) if random.random() < 0.5 else word for word in text.split()]
    loose = "".join(word + random.choice(spaces) for word in words)
    assert Regimen.parse(loose) == Regimen.parse(text)


@law
@given(TEXTS)
def test_events_are_in_order_of_time_and_the_first_is_at_zero(text: str) -> None:
    regimen = Regimen.parse(text)
    times = [event.time_h for event in regimen.events()]
    assert times == sorted(times)
    assert times[0] == 0
    assert regimen.last_dose_end_h == max(event.end_h for event in regimen.events())
    assert regimen.needs_weight == any(event.is_per_kg for event in regimen.events())


@law
@given(TEXTS)
def test_a_placebo_keeps_every_time_route_and_form_and_nothing_else(text: str) -> None:
    regimen = Regimen.parse(text)
    placebo = regimen.as_placebo()
    assert Regimen.parse(str(placebo)) == placebo == placebo.as_placebo()
    kept = [(e.time_h, e.route, e.form, e.duration_h) for e in regimen.events()]
    assert [(e.time_h, e.route, e.form, e.duration_h) for e in placebo.events()] == kept
    assert placebo.drugs == (Drug.PLACEBO,)
    assert not placebo.needs_weight
    assert sum(event.amount for event in placebo.events()) == 0


@law
@given(TEXTS)
def test_the_word_placebo_may_stand_wherever_a_drug_may(text: str) -> None:
    words = text.replace(" HCl", "").replace("esketamine", "ketamine")
    assert Regimen.parse(words.replace("ketamine", "placebo")) == Regimen.parse(words).as_placebo()


@law
@given(TEXTS, TEXTS)
def test_parts_joined_by_a_semicolon_are_given_as_if_alone(one: str, other: str) -> None:
    both = Regimen.parse(f"{one}; {other}").events()
    alone = [*Regimen.parse(one).events(), *Regimen.parse(other).events()]
    assert sorted(both, key=repr) == sorted(alone, key=repr)


@law
@given(TEXTS)
def test_a_form_is_that_of_the_last_route_written_before_the_dose(text: str) -> None:
    """Told from the words alone, which stand in the order in which the doses of a part start."""
    for part in text.split("; "):
        told: list[Form] = []
        for step in part.replace(" then ", ", ").split(", "):
            words = step.split()
            if set(words) & set(ROUTES):
                told.append(next((Form(word) for word in words if word in FORMS), Form.PLAIN))
        given_forms = [event.form for event in Regimen.parse(part).events()]
        assert given_forms[0] is told[0]
        assert set(given_forms) <= set(told)
        assert all(
            event.route is Route.ORAL for event in Regimen.parse(part).events() if event.form
        )


@law
@given(st.sampled_from(FORMS), st.sampled_from(FREQUENCIES))
def test_a_form_left_out_with_its_route_is_the_one_before(form: str, often: str) -> None:
    start = f"ketamine 10 mg oral {form} {often} x2 then"
    short = Regimen.parse(f"{start} 5 mg {often} x2")
    assert short.events() == Regimen.parse(f"{start} 5 mg oral {form} {often} x2").events()
    assert {event.form for event in short.events()} == {Form(form)}
    unsaid = Regimen.parse(f"{start} 5 mg oral {often} x2").events()
    assert [event.form for event in unsaid] == [Form(form)] * 2 + [Form.PLAIN] * 2


PERIOD_H = {
    **dict.fromkeys(["daily", "twice daily", "three times daily", "four times daily"], 24),
    **{"every other day": 48, "every 12 h": 12, "every 36 h": 36, "every 3 days": 72},
    **dict.fromkeys(["weekly", "twice weekly", "three times weekly"], 168),
    **{"every 2 weeks": 336, "every 4 weeks": 672},
}
PER_PERIOD = {
    **{"twice daily": 2, "three times daily": 3, "four times daily": 4},
    **{"twice weekly": 2, "three times weekly": 3},
}


@law
@given(st.sampled_from(FREQUENCIES), st.integers(1, 9), st.integers(1, 9))
def test_cutting_a_schedule_of_whole_periods_with_then_changes_nothing(
    often: str, first: int, second: int
) -> None:
    doses = PER_PERIOD.get(often, 1)
    whole = Regimen.parse(f"ketamine 10 mg im {often} x{(first + second) * doses}")
    cut = Regimen.parse(
        f"ketamine 10 mg im {often} x{first * doses} then {often} x{second * doses}"
    )
    assert cut.events() == whole.events()


@law
@given(st.sampled_from(FREQUENCIES), st.integers(1, 60))
def test_for_keeps_the_starts_before_its_end(often: str, days: int) -> None:
    events = Regimen.parse(f"ketamine 10 mg im {often} for {days} days").events()
    more = Regimen.parse(f"ketamine 10 mg im {often} x{len(events) + 1}").events()
    assert events == more[:-1]
    assert events[-1].time_h < 24 * days <= more[-1].time_h


@law
@given(st.sampled_from(FREQUENCIES), st.integers(1, 40))
def test_a_count_gives_that_many_doses_with_the_period_asked_for(often: str, doses: int) -> None:
    events = Regimen.parse(f"esketamine 10 mg oral {often} x{doses}").events()
    step = PER_PERIOD.get(often, 1)
    assert len(events) == doses
    for early, late in zip(events, events[step:], strict=False):
        assert late.time_h - early.time_h == pytest.approx(PERIOD_H[often], abs=1e-9)


@law
@given(st.integers(1, 500), st.integers(1, 100))
def test_a_rate_delivers_its_rate_times_its_duration(rate: int, hours: int) -> None:
    for written, amount in (
        (f"{rate} mg/h iv for {hours} h", rate * hours),
        (f"{rate} ug/kg/h sc over {hours} h", rate * hours / 1000),
        (f"{rate} ug/min iv for {hours} min", rate * hours / 1000),
    ):
        (event,) = Regimen.parse(f"ketamine {written}").events()
        assert event.amount == pytest.approx(amount, rel=1e-12)


@law
@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 48)), min_size=1, max_size=6))
def test_a_comma_continues_at_once(pieces: list[tuple[int, int]]) -> None:
    rates = [f"{rate} mg/h for {hours} h" for rate, hours in pieces]
    rates[0] = rates[0].replace(" for", " iv for")
    events = Regimen.parse("ketamine " + ", ".join(rates)).events()
    assert events[-1].end_h == sum(hours for _, hours in pieces)
    assert all(late.time_h == early.end_h for early, late in itertools.pairwise(events))
    assert sum(event.amount for event in events) == sum(rate * hours for rate, hours in pieces)


# What is not understood is refused in words, whatever it is.


def _refusal_of(text: str) -> RegimenNotUnderstood | None:
    try:
        regimen = Regimen.parse(text)
    except RegimenNotUnderstood as refusal:
        return refusal
    assert Regimen.parse(str(regimen)) == regimen
    return None


def _reads_or_refuses(text: str) -> None:
    refusal = _refusal_of(text)
    if refusal is not None:
        sentences = (refusal.found, refusal.expected, refusal.remedy)
        assert all(sentence.endswith(".") for sentence in sentences)
        inner = ("_UNIT", "NUMBER", "$END", "UNKNOWN_WORD")
        assert not any(name in str(refusal) for name in inner)


@law
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    _reads_or_refuses(text)


WORDS = """
ketamine esketamine placebo HCl 0.5 10 mg mg/kg mg/h mg/kg/h iv oral over for every other day
tablet solution controlled-release Prolonged release cr delayed
h min weeks daily weekly twice three four times once x3 x0 then , ; 1,000 -5 .5 1e9 month
"""


@settings(law, max_examples=150)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))
def test_any_order_of_words_is_read_or_refused(text: str) -> None:
    _reads_or_refuses(text)


@law
@given(damaged(TEXTS))
def test_damaged_text_is_read_or_refused(text: str) -> None:
    _reads_or_refuses(text)


HEADER = "start,drug,amount,unit,route,duration_min\n"
LINES = st.builds(
    "{},{},{},{},{},{}".format,
    st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)).map(datetime.isoformat),
    st.sampled_from(["ketamine", "esketamine", "placebo", "Ketamine HCl"]),
    st.sampled_from(["10", "0.5", "25.75"]),
    st.sampled_from(["mg", "mg/kg", "ug/kg", "mcg"]),
    st.sampled_from(["iv", "im", "intranasal", "PO", "oral syrup", "po slow release", "oral cr"]),
    st.sampled_from(["0", "40", "0.5", "120"]),
)
TABLES = st.lists(LINES, min_size=1, max_size=6, unique=True).map(
    lambda lines: HEADER + "\n".join(lines)
)


@few
@given(TABLES)
def test_a_dosing_history_is_written_as_it_was_read(text: str) -> None:
    history = read_dosing_history(text)
    assert read_dosing_history(write_dosing_history(history)) == history
    assert len(history.events()) == text.count("\n")
    assert next(event.time_h for event in history.events()) == 0
    assert all(isinstance(event, DoseEvent) for event in history.events())
    salted = [event for event in history.events() if event.salt is Salt.HYDROCHLORIDE]
    assert len(salted) == text.count("HCl")
    slow = [event for event in history.events() if event.form is Form.CONTROLLED_RELEASE]
    assert len(slow) == text.count("slow release") + text.count("oral cr")


@law
@given(st.one_of(damaged(TABLES), st.text(max_size=100), st.text(max_size=60).map(HEADER.__add__)))
def test_a_damaged_dosing_history_is_read_or_refused(text: str) -> None:
    try:
        history = read_dosing_history(text)
    except (RegimenNotUnderstood, FileNotUnderstood):
        return
    assert read_dosing_history(write_dosing_history(history)) == history
