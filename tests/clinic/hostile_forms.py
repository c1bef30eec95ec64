"""Forms as a page offers them, and what somebody hostile sends through them."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any, NamedTuple

from clinic_people import PASSWORD
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import strategies as st

SCRIPT = "<script>alert(1)</script>"
HANDLER = '"><img src=x onerror=alert(1)>'
SHEET = "date\tdrug\tmg\r\n2026-03-01\tketamine\t35\r\n2026-03-02\tketamine\t=35+1\r\n"
RIGHT_TO_LEFT = "\u202eדוד אבו־בכר \u200f(شهد)\u202c"  # noqa: RUF001
HOSTILE = (
    SCRIPT, HANDLER, "'; DROP TABLE patients_patientrecord; --", "' OR '1'='1",
    "{{ 7*7 }}{% debug %}{{ settings.SECRET_KEY }}", "${7*7}%s%(x)s{0}{name}",
    "=1+1", '=cmd|"/c calc"!A1', "@SUM(1)", RIGHT_TO_LEFT, "Z\u0351\u036b\u0343" * 40,
    "long " * 3000, "ü" * 5000, SHEET, SHEET.replace("\t", ","), "a;b;c\n1;2;3", "\t" * 500,
    "\x00", "abc\x00def", "\x01\x07\x1b[31m\x7f", "\ufeff\u2028\u2029", "🩺👩🏽‍⚕️" * 50, "\ud800",
    "", " ", "\n", "0", "-1", "1e999", "1e-400", "-1e308", "NaN", "sNaN", "inf", "-Infinity",
    "9" * 400, "1e30", "9223372036854775808", "2147483648", "99999", "-0", "0x10",
    "0." + "0" * 60 + "1", "1_000", "٣", "½", "²", "1,5", "0000-00-00", "9999-12-31", "0001-01-01",
    "2026-02-30", "2026-13-01", "tomorrow", "25:61", "23:59", "2026-03-01T12:00", "null", "true",
    '{"a": {"b": [1]}}', "[" * 2000, "on", "yes", "no", "other", "../../etc/passwd", "-",
    "00000000-0000-0000-0000-000000000000", "not-a-uuid", "ketamine iv", "ketamine 1e9 mg/kg iv",
)  # fmt: skip
"""What nobody means, and what somebody pastes by mistake."""

NOT_IN_UTF8 = b"\xed\xa0\x80\xff\xfe\xc3("
"""Half of a pair of surrogates, and bytes that no text has."""

ANSWERS = frozenset({200, 302, 400, 403, 404, 405, 409, 410, 413, 415, 422})
"""How a page may answer whatever is sent."""

TODAY = date.today()
MEANT = {
    "regimen": "ketamine 0.5 mg/kg iv over 40 min daily x10",
    "regimen_0": "ketamine 0.5 mg/kg iv over 40 min daily x10",
    "regimen_1": "ketamine 80 mg iv over 2 h",
    "starts": f"{TODAY + timedelta(days=3)}", "day": f"{TODAY - timedelta(days=1)}",
    "on": f"{TODAY}", "taken": f"{TODAY}", "since": "2020-01-01", "pain_since": "2015-01-01",
    "time": "10:00", "drug": "ketamine", "amount": "35", "unit": "mg", "route": "iv",
    "minutes": "40", "relief": "3", "block": "2026-03-01 10:00\tketamine\t35\tmg\tiv\t40",
    "reason": "worse than before today", "password": PASSWORD, "again": PASSWORD,
    "name": "Paula Stein", "number": "N-17", "born": "1980-05-17", "usual_pain": "7",
    "weight_kg": "70", "height_cm": "170", "egfr": "90", "opioid_mg": "20", "cyp2b6": "*1/*6",
    "dose": "60 mg", "note": "slept badly", "text": "calm", "why": "a slip", "told": "70",
    "systolic": "120", "diastolic": "80", "pulse": "70", "saturation": "97", "breaths": "14",
    "lot": "A1", "drawn": "50", "given": "35", "wasted": "15", "signer": "clara",
    "signer_password": PASSWORD, "seconds_ago": "0", "phone": "1", "urgent_phone": "2",
    "at": "", "full_name": "Nora", "username": "paula", "words": "Pia", "offset_minutes": "60",
    "day_offset_minutes": "60", "ruling": "accepted", "plan": "0", "summary": "calm",
    "seen": f"{2**40}", "email": "pia@example.org", "code": "1234 5678",
    "again_on": f"{TODAY + timedelta(days=2)}",
}  # fmt: skip
"""What somebody means by a field of this name; of any other, 1."""

CHOOSING = ("what", "do", "group", "asked", "about", "seen", "version", "csrfmiddlewaretoken")
"""Fields that choose a form or let it in: what is hostile there often hides the rest."""


class Form(NamedTuple):
    """A form of a page."""

    address: str
    fields: dict[str, list[str]]
    """Names with the values that the page offers."""

    def meant(self) -> dict[str, Any]:
        """Fill it as somebody would who means it."""
        filled: dict[str, Any] = {}
        for name, offered in self.fields.items():
            if name == "asked":
                filled[name] = offered
            elif name == "client_id":
                filled[name] = str(uuid.uuid4())
            elif name in {"read_back", ""}:
                continue
            elif name.endswith((".unit", "_date")):
                filled[name] = "U/L" if name.endswith(".unit") else f"{TODAY}"
            else:
                choices = [one for one in offered if one]
                filled[name] = choices[0] if choices else MEANT.get(name, "1")
        return filled


class Page(HTMLParser):
    """What a page holds: its forms, and the addresses it leads to."""

    def __init__(self, text: str, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.links = address, list[Form](), list[str]()
        self._fields: dict[str, list[str]] | None = None
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.links += [
            told[one] for one in ("href", "src", "action", "hx-get", "hx-post") if one in told
        ]
        if tag == "form" and told.get("method", "get").lower() == "post":
            self._fields = {}
            address = (told.get("action") or self.address).partition("#")[0]
            self.forms.append(Form(address, self._fields))
        if self._fields is None:
            return
        name = told.get("name", "")
        if tag == "option" and self._select:
            self._fields[self._select].append(told.get("value", ""))
        elif tag == "select":
            self._select = name
        if name and tag in {"input", "select", "textarea", "button"}:
            values = self._fields.setdefault(name, [])
            if told.get("value"):
                values.append(told["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        elif tag == "select":
            self._select = ""


def forms_on(client: Client, addresses: list[str]) -> list[Form]:
    """Open pages, and give every form of ours on them once; a bare one for other addresses."""
    found: dict[tuple[str, ...], Form] = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in ANSWERS, address
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            for form in Page(answer.text, address).forms:
                found.setdefault((form.address, *form.fields), form)
    reached = {form.address for form in found.values()}
    bare = [Form(one, {}) for one in addresses if one not in reached]
    return [form for form in found.values() if is_ours(form.address)] + bare


def is_ours(address: str) -> bool:
    """Say whether a page is ours, and not of the library that signs people in."""
    try:
        resolve(address)
    except Resolver404:
        return False
    return not address.startswith("/accounts/")


values = st.one_of(
    st.sampled_from(HOSTILE),
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.floats().map(str),
    st.integers().map(str),
    st.dates().map(str),
    st.lists(st.sampled_from(HOSTILE), max_size=3),
)
"""What may be sent in any field; a list is sent as a field that comes more than once, or never."""

EXTRA = ("client_id", "version", "reason", "what", "plan", "ruling", "page", "box", "read_back")


@st.composite
def sent(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Fill a form as it is meant, with something hostile in a few of its fields."""
    filled = form.meant()
    some = [*form.fields, *EXTRA] if draw(st.booleans()) else [
        one for one in form.fields if one not in CHOOSING
    ] or list(EXTRA)  # fmt: skip
    for name in draw(st.lists(st.sampled_from(some), min_size=1, max_size=4)):
        filled[name or "nameless"] = draw(values)
    return {name: sendable(value) for name, value in filled.items()}


def sendable(value: Any) -> Any:
    """Write half of a pair of surrogates as bytes: no text can carry it."""
    if isinstance(value, list):
        return [sendable(one) for one in value]
    try:
        value.encode()
    except UnicodeEncodeError:
        return NOT_IN_UTF8
    return value


def misfits() -> Iterator[str]:
    """Say which values were kept that a stricter database refuses: too long, too large, or NUL."""
    for model in apps.get_models():
        if not model.__module__.startswith("respite."):
            continue
        for one in model._default_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(one, field.attname)
                if value is not None and not _fits(field, value):
                    yield f"{model.__name__}.{field.name}: {str(value)[:80]!r}"


def _fits(field: Any, value: Any) -> bool:
    if "\\x00" in repr(value) or "\\ud8" in repr(value):
        return False
    if isinstance(field, models.CharField):
        return field.max_length is None or len(value) <= field.max_length
    if isinstance(value, float) and not math.isfinite(value):
        return False
    if isinstance(field, models.IntegerField | models.DecimalField):
        try:
            field.run_validators(value)
        except ValidationError:
            return False
    return True
