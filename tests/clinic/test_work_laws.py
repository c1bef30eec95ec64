"""The law of the work-list: looking twice changes nothing, and looking after each event gives the
same items as looking once at the end."""

from datetime import timedelta

import pytest
from clinic_people import made_patient
from clinic_work import NOON, done_by, look, made_up
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from respite.clinic.worklist import looking_actions
from respite.clinic.worklist.models import Act, WorkItem
from respite.clinic.worklist.reasons import Kind, Need

pytestmark = pytest.mark.django_db

KINDS = (Kind.TEST, Kind.FADING)
PLACES = [(kind, key) for kind in KINDS for key in ("a", "b")]

EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("holds"), st.sampled_from(PLACES), st.sampled_from(list(Need))),
        st.tuples(st.just("ends"), st.sampled_from(PLACES), st.none()),
        st.tuples(st.sampled_from(list(Act)), st.sampled_from(PLACES), st.none()),
    ),
    max_size=14,
)
"""What happens: a reason comes to hold or ends, or somebody does something with its item."""


def finders(reasons):
    return {
        kind: lambda _looked, kind=kind: iter([r for r in reasons.values() if r.kind == kind])
        for kind in KINDS
    }


def play(user, patient, events, looks, monkeypatch):
    """Let events happen, look where it is said and before each act; give the items in the end."""
    reasons = {}
    monkeypatch.setattr(looking_actions, "FINDERS", finders(reasons))
    for place, (what, (kind, key), need) in enumerate(events):
        now = NOON + timedelta(minutes=place)
        if what == "holds":
            reasons[kind, key] = made_up(kind=kind, key=key, need=need)
        elif what == "ends":
            reasons.pop((kind, key), None)
        else:
            look(patient, now)  # nobody acts on what they do not see
            item = WorkItem.objects.filter(patient=patient, kind=kind, key=key).first()
            if item is not None:
                until = NOON.date() + timedelta(days=2) if what == Act.PUT_OFF else None
                try_to(user, item, what, until)
        if looks and looks[place % len(looks)]:
            look(patient, now)
    end = NOON + timedelta(hours=1)
    look(patient, end)
    once = rows(patient, "opened_at", "closed_at")
    look(patient, end + timedelta(hours=1))
    assert rows(patient, "opened_at", "closed_at") == once
    return reasons, rows(patient)


def try_to(user, item, what, until):
    from respite.clinic.worklist.actions import NothingToDo

    try:
        done_by(user, item, what, until=until)
    except NothingToDo:
        return


def rows(patient, *more):
    """Give what is open with all that the list shows of it, and what is done."""
    names = ("kind", "key", "need", "says", "put_off_until", "put_off_at_need", "taken_by")
    items = WorkItem.objects.filter(patient=patient).exclude(closed_because="no_longer")
    return sorted(items.values_list(*names, "closed_because", *more), key=str)


@pytest.mark.thorough
class TestTheLaw(TestCase):
    @given(events=EVENTS, looks=st.lists(st.booleans(), min_size=1, max_size=5))
    @settings(max_examples=60, deadline=None, derandomize=True)
    def test_the_items_do_not_depend_on_when_somebody_looked(self, events, looks):
        from clinic_people import made_clinic, made_user

        from respite.clinic.accounts.models import Role

        with pytest.MonkeyPatch.context() as monkeypatch, transaction.atomic():
            user = made_user(made_clinic("North"), Role.CLINICIAN, "clara")
            often, once = made_patient(user, "A"), made_patient(user, "B")
            reasons, seen_often = play(user, often, events, looks, monkeypatch)
            _same, seen_once = play(user, once, events, [], monkeypatch)
            assert seen_often == seen_once
            shown = {(kind, key) for kind, key, *_rest, because in seen_once if not because}
            done = {(kind, key) for kind, key, *_rest, because in seen_once if because}
            assert shown == {(kind.value, key) for kind, key in reasons} - done
            transaction.set_rollback(True)
