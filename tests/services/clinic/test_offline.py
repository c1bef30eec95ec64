"""A diary without a network: nothing lost, nothing twice, nothing on a wrong day."""

from __future__ import annotations

import random
import re
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from devices import DAY_MS, renumber
from diary_on_phone import SOON, all_sent, back, entries, picture, sign_in, tap, tap_offline
from playwright.sync_api import expect

FIRST = 4.6
"""How many days back the entry was written of which the day can be told."""

SLOW_HELLO = """
(() => {
  const real = fetch.bind(globalThis);
  globalThis.fetch = async (url, told) => {
    if (told?.method !== "POST" && String(url).includes("/diary/outbox/")) {
      globalThis.__asks = true;
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
    return real(url, told);
  };
})();
"""
"""Has the clinic take its time to say who writes."""


def test_a_week_without_a_network_arrives_once_and_on_its_days(phone, served):
    """Seven days, a browser that is killed, and a clock that is set wrong."""
    page = phone.open(device_ms=-7 * DAY_MS, clinic_ms=-7 * DAY_MS)
    sign_in(page, served, "patient2")
    had = len(entries(served, "patient2"))
    phone.context.set_offline(True)
    page.goto("/diary/")
    expect(page.get_by_text("cannot be reached now")).to_be_visible()
    for score in (1, 2, 3, 4):
        phone.pass_days(page, 1, asleep=score % 2 == 0)
        tap_offline(page, score)
    picture(page, "offline-waiting")
    phone.kill()
    page = phone.open(device_ms=-2 * DAY_MS, offline=True)
    page.goto("/diary/")
    expect(page.get_by_role("heading", name="4 entries wait on this device")).to_be_visible()
    tap_offline(page, 5)
    phone.set_clock(page, 3)
    for score in (6, 7):
        phone.pass_days(page, 1)
        tap_offline(page, score)
    expect(page.get_by_role("heading", name="7 entries wait on this device")).to_be_visible()
    assert len(entries(served, "patient2")) == had
    # A week is longer than anybody stays signed in.
    phone.context.set_offline(False)
    expect(page.get_by_text("Sign in to send it")).to_be_visible(timeout=SOON)
    sign_in(page, served, "patient2")
    all_sent(page)
    # The page says once more that it has them, and sends nothing twice.
    page.goto("/diary/")
    page.wait_for_load_state("networkidle")
    new = entries(served, "patient2")[had:]
    assert [(day, pain) for day, pain, _number in new] == [
        (back(7 - score), score) for score in range(1, 8)
    ]


def test_a_tap_while_the_page_still_asks_who_writes_opens_the_entry(phone, served):
    page = phone.open()
    sign_in(page, served, "patient4")
    had = len(entries(served, "patient4"))
    phone.context.add_init_script(SLOW_HELLO)
    page.goto("/diary/")
    page.wait_for_function("() => globalThis.__asks")
    tap(page, 2)
    expect(page.get_by_role("heading", name=re.compile("Pain 2"))).to_be_visible(timeout=SOON)
    assert [pain for _day, pain, _number in entries(served, "patient4")[had:]] == [2]


def test_a_day_that_nobody_can_know_is_asked_for_and_never_guessed(phone, served):
    page = phone.open(device_ms=-5 * DAY_MS, clinic_ms=-5 * DAY_MS)
    sign_in(page, served, "patient3")
    had = len(entries(served, "patient3"))
    for days_back, score in ((FIRST, 3), (2, 5)):
        phone.kill() if score == 3 else phone.close()
        # The clock is set forward by a day while the browser is shut, once, nobody knows when.
        wrong = DAY_MS if score == 5 else 0
        page = phone.open(device_ms=int(-days_back * DAY_MS) + wrong, offline=True)
        page.goto("/diary/")
        tap_offline(page, score)
    phone.close()
    page = phone.open(device_ms=DAY_MS)
    sign_in(page, served, "patient3")
    expect(page.get_by_text("The clock of this device was changed.")).to_be_visible()
    picture(page, "offline-which-day")
    (known,) = entries(served, "patient3")[had:]
    assert known[:2] == (back(FIRST), 3)
    page.locator(".mend select[name=day]").last.select_option(back(2))
    page.get_by_role("button", name="Keep it so").click()
    all_sent(page)
    assert [one[:2] for one in entries(served, "patient3")[had:]] == [
        (back(FIRST), 3),
        (back(2), 5),
    ]


def test_a_network_that_dies_before_the_answer_keeps_one_entry(phone, served):
    page = phone.open()
    sign_in(page, served, "patient4")
    had = len(entries(served, "patient4"))
    page.evaluate("() => { __clock.lose = true; }")
    tap(page, 6)
    expect(page.get_by_text("Kept on this device")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", name="1 entry waits on this device")).to_be_visible()
    assert len(entries(served, "patient4")) == had + 1
    page.goto("/diary/")
    all_sent(page)
    assert len(entries(served, "patient4")) == had + 1


def test_what_is_told_beside_the_score_and_what_is_mended_arrives(phone, served):
    page = phone.open()
    sign_in(page, served, "patient6")
    had = len(entries(served, "patient6"))
    phone.context.set_offline(True)
    page.goto("/relief/")
    expect(page.get_by_text("cannot be reached now")).to_be_visible()
    picture(page, "offline-form")
    tap(page, 8)
    urgent = page.locator(".if-urgent")
    expect(urgent).to_be_hidden()
    page.locator("label.cannot-wait").first.click()
    expect(urgent.get_by_role("link", name="Call 112")).to_be_visible()
    picture(page, "offline-urgent")
    page.get_by_label("Anything else?").first.fill("fell on the stairs")
    page.get_by_role("button", name="Keep this too").click()
    page.get_by_role("button", name="Change").click()
    page.locator(".mend select[name=score]").select_option("9")
    page.locator(".mend select[name=day]").last.select_option(back(1))
    picture(page, "offline-mend")
    page.get_by_role("button", name="Keep it so").click()
    tap_offline(page, 2)
    page.get_by_role("button", name="Delete").last.click()
    page.get_by_role("button", name="Really delete it?").click()
    expect(page.get_by_role("heading", name="1 entry waits on this device")).to_be_visible()
    phone.context.set_offline(False)
    all_sent(page)
    assert [one[:2] for one in entries(served, "patient6")[had:]] == [(back(1), 9)]
    page.get_by_role("link", name="Open your diary").click()
    page.get_by_role("link", name=re.compile("pain 9")).first.click()
    expect(page.get_by_role("heading", name="Please call us now")).to_be_visible()
    expect(page.get_by_label("Anything else?")).to_have_value("fell on the stairs")


def test_what_the_clinic_refuses_stays_with_its_reason_and_can_be_mended(phone, served):
    page = phone.open(device_ms=-20 * DAY_MS, clinic_ms=-20 * DAY_MS)
    sign_in(page, served, "patient7")
    had = len(entries(served, "patient7"))
    phone.context.set_offline(True)
    page.goto("/diary/")
    tap_offline(page, 4)
    phone.close()
    page = phone.open()
    sign_in(page, served, "patient7")
    expect(page.get_by_text("more than 14 days back")).to_be_visible()
    picture(page, "offline-refused")
    assert len(entries(served, "patient7")) == had
    page.get_by_role("button", name="Change").click()
    page.locator(".mend select[name=day]").last.select_option(back(3))
    page.get_by_role("button", name="Keep it so").click()
    all_sent(page)
    assert [one[:2] for one in entries(served, "patient7")[had:]] == [(back(3), 4)]


def test_what_a_restore_lost_is_sent_once_more(phone, served):
    page = phone.open()
    sign_in(page, served, "patient8")
    had = len(entries(served, "patient8"))
    tap(page, 3)
    page.wait_for_url(re.compile(r"/diary/\d+/$"))
    (kept,) = entries(served, "patient8")[had:]
    # As if the clinic had been filled from a copy that was older: it does not know the number.
    renumber(page, str(UUID(kept[2])))
    page.goto("/diary/")
    page.wait_for_load_state("networkidle")
    all_sent(page)
    assert [one[1] for one in entries(served, "patient8")[had:]] == [3, 3]


ASK = """async (cases) => {
  const { skews, dayOf } = await import("/static/clinic/clock.js");
  return cases.map(({ marks, first, last, entries }) => {
    const possible = skews(marks, first, last);
    return entries.map(({ place, ...entry }) => dayOf(entry, possible[place]));
  });
}"""
HOUR_MS = DAY_MS // 24


def drawn(chance: random.Random, moves: int) -> dict:
    """Draw a stretch without a network: pages, sleep, entries, and the clock that is set."""
    true, mono, life, skew = 1_790_000_000_000, 0, 0, chance.uniform(-9, 9) * DAY_MS
    first, marks, entries = skew, [], []
    count = chance.randint(3, 12)
    set_at = set(chance.sample(range(1, count), min(moves, count - 1)))
    for place in range(count):
        passed = chance.uniform(0.02, 1.4) * DAY_MS
        true += passed
        asleep = chance.random() < 0.3
        mono += passed * chance.random() if asleep else passed
        if place in set_at:
            skew += chance.choice((-1, 1)) * chance.uniform(0.2, 80) * HOUR_MS
        if chance.random() < 0.3:
            life, mono = life + 1, chance.uniform(0, 1000)
        marks.append({"device": true - skew, "mono": mono, "life": f"page {life}"})
        if 0 < place < count - 1:
            day = datetime.fromtimestamp(true / 1000, ZoneInfo("UTC")).date().isoformat()
            entries.append({"place": place, "device": true - skew, "offset": 0, "shown": day,
                            "chosen": None, "truth": day, "felt": true})  # fmt: skip
    return {"marks": marks, "first": first, "last": skew, "entries": entries}


@pytest.mark.parametrize("moves", [0, 1])
def test_a_day_is_right_or_asked_for_wherever_the_clock_was_set(walk, moves):
    page = walk().page
    page.goto("/diary/offline/")
    chance = random.Random(moves + 11)
    cases = [drawn(chance, moves) for _case in range(2000)]
    asked = sure = 0
    for case, found in zip(cases, page.evaluate(ASK, cases), strict=True):
        for entry, said in zip(case["entries"], found, strict=True):
            if "ask" in said:
                asked += 1
                assert not said["ask"] or entry["truth"] in said["ask"], (case, said)
                continue
            sure += 1
            assert said["day"] == entry["truth"], (case, entry, said)
            if said["felt"] is not None:
                assert abs(said["felt"] - entry["felt"]) < 11 * 60_000
    if not moves:
        assert not asked
    assert sure > asked
