"""Pages about ketamine: open to all, each claim one click from its source, plain for patients."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from clinic_people import signed_in
from django.test import Client
from public_pages import PageRead, addresses

from respite.report import known_conditions, tell_topic, topic_titles

pytestmark = pytest.mark.django_db

WITHOUT_SUMS = ("limits", "long-term-risks")
"""Topics that are told without working anything out."""

READABLE = 8
"""The school grade below which pages for patients are to be read."""

JARGON = ("posterior", "interval", "median", "pharmaco", "regimen", "half-life")


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))
    return max(len(groups), 1)


def grade(text: str) -> float:
    """The school grade of Flesch and Kincaid, as the leaflet is measured."""
    sentences = [part for part in re.split(r"[.?!:]\s", text) if part.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )


@pytest.fixture(scope="module")
def every_page():
    client = Client()
    return {address: page(client, address) for address in addresses()}


def test_anybody_may_read_without_signing_in(client):
    for address in (
        "/read/sources/",
        "/read/version/",
        "/read/limits/",
        "/read/clinicians/limits/",
    ):
        page(client, address)


def test_who_is_signed_in_reads_the_same_and_finds_the_link(patient, clinician):
    for user in (patient.user, clinician):
        text = page(signed_in(user), "/read/limits/")
        assert text.count('href="/read/"') >= 2
        assert "About ketamine" in text


def test_what_a_patient_has_is_never_put_into_an_address(patient):
    client = signed_in(patient.user)
    answer = client.get("/read/limits/")
    assert answer.status_code == 200
    assert "condition=" not in answer.content.decode()
    assert patient.condition not in re.findall(r'href="([^"]+)"', answer.content.decode())


def test_pages_are_read_and_never_written(client):
    for address in ("/read/", "/read/limits/", "/read/sources/"):
        assert client.post(address).status_code == 405


def test_what_is_not_there_is_not_found(client):
    for address in ("/read/nothing/", "/read/clinicians/nothing/", "/read/clinicians/sources/"):
        page(client, address, 404)


def test_every_claim_without_sums_leads_to_a_source_that_is_there(client):
    anchors = PageRead(page(client, "/read/sources/")).anchors
    for name in WITHOUT_SUMS:
        for face in ("", "clinicians/"):
            read = PageRead(page(client, f"/read/{face}{name}/"))
            assert not read.unsourced()
            wanted = {link.split("#")[1] for link in read.links if "sources/#" in link}
            assert not wanted - anchors


def test_the_page_says_what_the_command_says(client):
    for face, place in (("patients", ""), ("clinicians", "clinicians/")):
        text = " ".join(PageRead(page(client, f"/read/{place}long-term-risks/")).prose().split())
        told = tell_topic("long-term-risks", face)
        for one in [*told.lead, *(said for part in told.parts for said in part.points)]:
            assert " ".join(one.text.split()) in text


def test_a_figure_of_another_library_leads_to_the_one_of_now(client):
    answer = client.get("/read/figure/old-0/side-effects/effects.png")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/side-effects/effects.png")


@pytest.mark.thorough
def test_every_claim_leads_to_a_source_that_is_there(every_page):
    anchors = PageRead(every_page["/read/sources/"]).anchors
    for address, text in every_page.items():
        if address == "/read/version/":
            continue
        read = PageRead(text)
        assert not read.unsourced(), (address, read.unsourced()[:3])
        wanted = {link.split("#")[1] for link in read.links if "sources/#" in link}
        assert not wanted - anchors, (address, wanted - anchors)
        inner = {link[1:] for link in read.links if link.startswith("#")}
        assert not inner - read.anchors, (address, inner - read.anchors)


@pytest.mark.thorough
def test_pages_for_patients_are_plain(every_page):
    for address, text in every_page.items():
        if "clinicians" in address or address in {"/read/sources/", "/read/version/"}:
            continue
        prose = PageRead(text).prose()
        assert grade(prose) < READABLE, (address, grade(prose))
        assert not [word for word in JARGON if word in prose.lower()], address


@pytest.mark.thorough
def test_headings_stand_in_order_and_the_language_is_told(every_page):
    for address, text in every_page.items():
        levels = PageRead(text).headings
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert '<html lang="en">' in text


@pytest.mark.thorough
def test_pages_run_no_script_and_carry_no_style_of_their_own(every_page):
    for address, text in every_page.items():
        body = text[text.index("<main") : text.index("</main")]
        assert "<script" not in text, address
        assert not re.search(r"\sstyle=|\son\w+=", body), address


@pytest.mark.thorough
def test_figures_say_what_they_show_and_may_be_kept_for_good(every_page):
    client, seen = Client(), set()
    for address, text in every_page.items():
        for source, alt in re.findall(r'<img src="([^"]+)" alt="([^"]*)"', text):
            assert len(alt) > 60, (address, source)
            if source in seen:
                continue
            seen.add(source)
            answer = client.get(source)
            assert answer.status_code == 200, source
            assert answer.content.startswith(b"\x89PNG")
            assert "immutable" in answer.headers["Cache-Control"]
            again = client.get(source, headers={"If-None-Match": answer.headers["ETag"]})
            assert again.status_code == 304
    assert len(seen) > 8


@pytest.mark.thorough
def test_a_negative_trial_is_told_as_loudly_as_a_positive_one(every_page):
    for address in ("/read/how-long/", "/read/clinicians/how-long/"):
        text = every_page[address]
        assert "no difference in" in text
        table = text[
            text.index(
                "those without a difference first"
                if "clin" not in address
                else "no difference first"
            ) :
        ]
        assert table.index("no difference.") < table.index("less pain.")


@pytest.mark.thorough
def test_each_kind_of_pain_has_its_page_and_others_are_refused_in_words(client, patient):
    one = known_conditions()[0]
    text = page(client, f"/read/how-long/?condition={one}")
    assert f'<option value="{one}" selected>' in text
    assert f"/read/clinicians/how-long/?condition={one}" in text
    assert not PageRead(text).unsourced()
    bad = page(client, "/read/how-long/?condition=%3Cscript%3Ealert(1)%3C/script%3E", 404)
    assert "There is no such kind of pain" in bad
    assert "<script>alert" not in bad
    own = signed_in(patient.user).get("/read/how-long/")
    assert own.status_code == 200
    assert "selected" not in own.content.decode()
    assert "condition=" not in " ".join(re.findall(r'href="([^"]+)"', own.content.decode()))


@pytest.mark.thorough
def test_both_faces_of_a_topic_lead_to_each_other(every_page):
    for name in topic_titles():
        assert f'href="/read/clinicians/{name}/"' in every_page[f"/read/{name}/"]
        assert f'href="/read/{name}/"' in every_page[f"/read/clinicians/{name}/"]
