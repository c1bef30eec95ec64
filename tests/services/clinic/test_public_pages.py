"""Somebody reads the pages about ketamine in a browser, where nothing else is served."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from respite.report import topic_titles

START_S = 60


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Serve the pages alone, in place of a whole clinic."""
    with socket.socket() as one:
        one.bind(("localhost", 0))
        port = one.getsockname()[1]
    home = tmp_path_factory.mktemp("reading")
    process = subprocess.Popen(
        [sys.executable, "-m", "respite", "clinic", "read", "--port", str(port)],
        env=os.environ | {"RESPITE_CLINIC_HOME": str(home / "never-made")},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}/read/limits/")
        yield SimpleNamespace(address=address)
        assert not list(home.iterdir())
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(address: str) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


def named(address: str) -> str:
    return "read-" + address.removeprefix("/read/").strip("/").replace("/", "-")


def addresses():
    return [
        "/read/", "/read/clinicians/", "/read/sources/", "/read/version/",
        *(f"/read/{name}/" for name in topic_titles()),
        *(f"/read/clinicians/{name}/" for name in topic_titles()),
    ]  # fmt: skip


def test_every_page_can_be_read_by_everybody(walk):
    reader = walk()
    for address in addresses():
        reader.page.emulate_media(color_scheme="light")
        reader.page.goto(address)
        reader.seen(named(address))
        # In the dark only colours differ.
        reader.page.emulate_media(color_scheme="dark")
        reader.look(f"{named(address)} in the dark", "color-contrast")


def test_a_reader_chooses_a_pain_and_finds_where_a_claim_comes_from(walk):
    reader = walk(width="phone")
    page = reader.page
    page.goto("/read/")
    page.get_by_label("Kind of pain", exact=True).select_option("crps")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/read/how-long/?condition=crps")
    page.get_by_role("link", name="For clinicians").click()
    page.wait_for_url("**/read/clinicians/how-long/?condition=crps")
    link = page.locator("main .origins a").first
    target = (link.get_attribute("href") or "").split("#")[1]
    link.click()
    page.wait_for_url("**/read/sources/#*")
    assert page.locator(f"#{target}").is_visible()


def test_pages_are_narrow_enough_for_a_small_phone(walk):
    reader = walk()
    reader.page.set_viewport_size({"width": 360, "height": 740})
    for address in addresses():
        reader.page.goto(address)
        wide = reader.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, (address, wide)


def test_the_keyboard_reaches_the_other_face_and_the_contents(walk):
    reader = walk()
    page = reader.page
    page.goto("/read/limits/")
    seen = set()
    for _press in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"Skip to content", "For clinicians", "Version"} <= seen
