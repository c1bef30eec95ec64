"""A demo clinic that is served, and browsers that walk through it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from devices import Phone
from playwright.sync_api import Browser, Page, expect, sync_playwright

WIDTHS = {"desktop": 1280, "tablet": 820, "phone": 390}
PICTURES = Path(__file__).resolve().parents[3] / ".screenshots"
"""Where pictures of pages go, for people to look at; never kept with the project."""

TAKES_PICTURES = bool(os.environ.get("RESPITE_PICTURES"))
"""Whether somebody will look at pictures: they take minutes."""

GRAVE = ("serious", "critical")
"""What the look for hurdles may not find."""

START_S = 60
expect.set_options(timeout=20_000)  # how fast a page is, no test asks: machines are busy
NEXT_CODE_MS = 1000
CHROMIUM = "chromium"


@dataclass(frozen=True)
class Served:
    """A clinic that is being served.

    Attributes
    ----------
    address
        Where its pages are.
    environment
        What its processes were started with.
    password
        The password of everybody in the demo.
    """

    address: str
    environment: dict[str, str]
    password: str

    def run(self, *words: str) -> str:
        """Run a command of the same clinic, and give what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "respite", "clinic", *words],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("clinic")
    environment = os.environ | {"RESPITE_CLINIC_HOME": str(home), "RESPITE_CLINIC_MODE": "demo"}
    environment.pop("DATABASE_URL", None)
    port = _free_port()
    clinic = Served(f"http://localhost:{port}", environment, "")
    clinic.run("demo", "--only-make", "--patients", "12")
    clinic = Served(clinic.address, environment, (home / "demo-password").read_text("ascii"))
    log = (home / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "respite", "clinic", "serve", "--port", str(port)],
        env=environment, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        _wait_for(f"{clinic.address}/alive/")
        yield clinic
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("localhost", 0))
        return one.getsockname()[1]


def _wait_for(address: str) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which(CHROMIUM)
    assert program, "no Chromium: tools/debian_packages.py installs it"
    # As root, which containers often are, Chromium starts only without its sandbox.
    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=root)
        yield started
        started.close()


class Walker:
    """Somebody at a browser.

    Parameters
    ----------
    browser, served
        With what, and where.
    login
        Who signs in; nobody where it is empty.
    width
        One of ``WIDTHS``.
    """

    def __init__(self, browser: Browser, served: Served, login: str = "", width: str = "desktop"):
        """Open a window of that width."""
        self.served = served
        self.context = browser.new_context(
            viewport={"width": WIDTHS[width], "height": 900},
            base_url=served.address,
            has_touch=width == "phone",
        )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.faults.append(said.text) if said.type == "error" else None,
        )
        if login:
            self.sign_in(login)

    def sign_in(self, login: str) -> None:
        """Sign in with the password, and with the code that the demo shows."""
        page = self.page
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(self.served.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        used = ""
        while "/2fa/" in page.url:
            # A code works once: who signed in a moment ago waits for the next.
            code = self.code(login)
            if code == used:
                page.wait_for_timeout(NEXT_CODE_MS)
                continue
            page.locator("input[name=code]").fill(code)
            page.get_by_role("button", name="Sign In").first.click()
            page.wait_for_load_state()
            used = code
        page.wait_for_url(lambda url: "/accounts/" not in url)

    def code(self, login: str) -> str:
        """Read the code of somebody's second way off the page of the demo."""
        text = self.context.request.get("/demo/").text()
        row = text.split(f"<td>{login}</td>")[1].split("</tr>")[0]
        return row.split("<td>")[-1].split("</td>")[0]

    def seen(self, name: str) -> None:
        """Look the page over, and take pictures."""
        self.look(name)
        self.picture(name)

    def look(self, name: str, *rules: str) -> None:
        """Look the page over for people who see, hear or point otherwise; by all rules, or some."""
        options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
        found = Axe().run(self.page, options=options).response["violations"]
        grave = [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found
            if one["impact"] in GRAVE
        ]
        assert not grave, f"{name}: {grave}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px wider than the window"

    def picture(self, name: str) -> None:
        """Hold the page to every width, and take a picture where somebody will look at it."""
        before = self.page.viewport_size
        for width, pixels in WIDTHS.items():
            self.page.set_viewport_size({"width": pixels, "height": 900})
            if TAKES_PICTURES:
                self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= pixels, f"{name} is {wide} px wide on a {width} of {pixels} px"
        self.page.set_viewport_size(before)

    def close(self) -> None:
        """Close the window; nothing may have gone wrong in it."""
        self.context.close()
        assert not self.faults, self.faults


@pytest.fixture(scope="module")
def walk(browser, served):
    """Give a way to open windows, which are closed and looked over at the end of a file."""
    opened: list[Walker] = []

    def start(login: str = "", width: str = "desktop") -> Walker:
        opened.append(Walker(browser, served, login, width))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


@pytest.fixture
def phone(browser, served, tmp_path) -> Iterator[Phone]:
    one = Phone(browser.browser_type, tmp_path / "phone", served.address)
    yield one
    one.close()
    assert not one.faults, one.faults
