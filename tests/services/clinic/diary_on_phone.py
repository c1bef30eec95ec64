"""What a patient does with the diary on a phone, and what the clinic then holds."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from axe_playwright_python.sync_playwright import Axe
from devices import person_on
from playwright.sync_api import Page, expect

ZONE = ZoneInfo("Europe/Amsterdam")
SOON = 30_000
PICTURES = Path(__file__).resolve().parents[3] / ".screenshots"
GRAVE = ("serious", "critical")


def sign_in(page: Page, served, login: str) -> None:
    page.goto("/accounts/login/")
    if "/login/" in page.url:
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(served.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="How is your pain now?")).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    for _time in range(100):
        # The page asks who writes; until the clinic has said so, nothing is kept here.
        if person_on(page) is not None:
            break
        page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")


def tap(page: Page, score: int) -> None:
    page.get_by_role("button", name=f"{score} of 10", exact=True).click()


def tap_offline(page: Page, score: int) -> None:
    """Write without a network, and have nothing to add."""
    tap(page, score)
    page.get_by_role("button", name="That is all").click()
    expect(page.get_by_role("heading", name=re.compile("waits? on this device"))).to_be_visible()


def entries(served, login: str) -> list[tuple[str, float, str]]:
    """Give the entries that the clinic holds of somebody: day, pain and number."""
    file = Path(served.environment["RESPITE_CLINIC_HOME"]) / "clinic.sqlite3"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as tables:
        return tables.execute(
            "SELECT e.day, e.pain, e.client_id FROM diaries_entry e"
            " JOIN patients_patientrecord p ON p.id = e.patient_id"
            " JOIN accounts_user u ON u.id = p.user_id WHERE u.username = ? ORDER BY e.id",
            [login],
        ).fetchall()


def back(days: float) -> str:
    return (datetime.now(ZONE) - timedelta(days=days)).date().isoformat()


def all_sent(page: Page) -> None:
    expect(page.locator("#outbox")).to_be_hidden(timeout=SOON)


def picture(page: Page, name: str) -> None:
    found = Axe().run(page).response["violations"]
    grave = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found
             if one["impact"] in GRAVE]  # fmt: skip
    assert not grave, f"{name}: {grave}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
