"""A phone of a patient: it is killed, its clock is set, its network comes and goes."""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Error, Page

DAY_MS = 86_400_000

CLOCKS = """
(() => {
  const device = %(device)d, passed = %(passed)d;
  const RealDate = Date, now = RealDate.now.bind(RealDate);
  const asked = performance.now.bind(performance);
  const clock = { device, passed };
  try { clock.device = Number(sessionStorage.getItem("device") ?? device); } catch { /* no page */ }
  globalThis.__clock = clock;
  class Shifted extends RealDate {
    constructor(...told) { if (told.length) super(...told); else super(now() + clock.device); }
    static now() { return now() + clock.device; }
  }
  globalThis.Date = Shifted;
  performance.now = () => asked() + clock.passed;
  const real = fetch.bind(globalThis);
  globalThis.fetch = async (url, told) => {
    const answer = await real(url, told);
    if (clock.lose && told?.method === "POST") throw new TypeError("the network died");
    if (!String(url).includes("/diary/outbox/") || answer.type === "opaqueredirect") return answer;
    const said = await answer.clone().json().catch(() => null);
    if (!said) return answer;
    said.now += %(clinic)d;
    const { status, headers } = answer;
    return new Response(JSON.stringify(said), { status, headers });
  };
})();
"""
"""Lets days pass on a device: by how much its clock is off, how long a page has been open beside
what really passed, and how far the clinic's clock was back when it answered."""


class Phone:
    """A browser with a folder of its own, which outlives it.

    Parameters
    ----------
    kind, folder, address
        Which browser, where it keeps things, and which clinic it calls.
    """

    def __init__(self, kind: BrowserType, folder: Path, address: str):
        """Keep where things are; :meth:`open` starts it."""
        self.kind, self.folder, self.address = kind, folder, address
        self.context: BrowserContext | None = None
        self.faults: list[str] = []

    def open(self, *, device_ms: int = 0, clinic_ms: int = 0, offline: bool = False) -> Page:
        """Start the browser, with its clock and that of the clinic off by so much."""
        program = shutil.which("chromium")
        root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        self.context = self.kind.launch_persistent_context(
            self.folder, executable_path=program, args=root, base_url=self.address,
            viewport={"width": 390, "height": 844}, timezone_id="Europe/Amsterdam",
        )  # fmt: skip
        clocks = {"device": device_ms, "passed": 0, "clinic": clinic_ms}
        self.context.add_init_script(CLOCKS % clocks)
        self.context.set_offline(offline)
        page = self.context.pages[0]
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def pass_days(self, page: Page, days: float, *, asleep: bool = False) -> None:
        """Let time pass: for the clock of the device, and for the page where it does not sleep."""
        ms = int(days * DAY_MS)
        page.evaluate(
            "([ms, asleep]) => { __clock.device += ms; if (!asleep) __clock.passed += ms;"
            " sessionStorage.setItem('device', __clock.device);"
            " dispatchEvent(new Event('focus')); }",
            [ms, asleep],
        )

    def set_clock(self, page: Page, days: float) -> None:
        """Have somebody set the clock of the device."""
        page.evaluate(
            "ms => { __clock.device += ms; sessionStorage.setItem('device', __clock.device); }",
            int(days * DAY_MS),
        )

    def kill(self) -> None:
        """Kill the browser and all its parts, as a phone without power does."""
        assert self.context is not None
        mark = f"--user-data-dir={self.folder}"
        ours = [int(one.name) for one in Path("/proc").iterdir()
                if one.name.isdigit() and mark in _words(one)]  # fmt: skip
        assert ours, "the browser does not run"
        for number in ours:
            os.kill(number, signal.SIGKILL)
        time.sleep(0.5)
        with suppress(Error):  # it is dead, and that is meant
            self.context.close()
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self.folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the browser."""
        if self.context is not None:
            self.context.close()


def _words(process: Path) -> list[str]:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace").split("\x00")
    except OSError:
        return []


def kept_in_caches(page: Page) -> dict[str, str]:
    """Give every answer that the browser keeps for the clinic, by address."""
    return page.evaluate(
        """async () => {
          const found = {};
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const asked of await cache.keys())
              found[new URL(asked.url).pathname] = await (await cache.match(asked)).text();
          }
          return found;
        }"""
    )


OPENED = """
  if (!(await indexedDB.databases()).some((one) => one.name === "respite-diary")) return null;
  const open = await new Promise((done, fail) => {
    const asked = indexedDB.open("respite-diary", 1);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const given = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
"""


def person_on(page: Page) -> str | None:
    """Give under whose name entries lie on the device; ``None`` where nobody signed in yet."""
    return page.evaluate(
        f"""async () => {{ {OPENED}
          const found = await given(open.transaction("meta").objectStore("meta").get("person"));
          open.close();
          return found?.owner ?? null;
        }}"""
    )


def kept_on(page: Page) -> list[dict[str, Any]]:
    """Give every entry that lies on the device."""
    found = page.evaluate(
        f"""async () => {{ {OPENED}
          const found = await given(open.transaction("entries").objectStore("entries").getAll());
          open.close();
          return found;
        }}"""
    )
    return found or []


def renumber(page: Page, was: str) -> None:
    """Give an entry another number, as if the clinic had forgotten the one that it kept."""
    page.evaluate(
        f"""async (was) => {{ {OPENED}
          const change = open.transaction("entries", "readwrite");
          const ended = new Promise((done) => {{ change.oncomplete = done; }});
          const store = change.objectStore("entries");
          const found = await given(store.get(was));
          store.delete(was);
          store.put({{ ...found, id: crypto.randomUUID() }});
          await ended;
          open.close();
        }}""",
        was,
    )
