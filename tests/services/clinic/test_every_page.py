"""Every page that can be reached by links: nothing serious for people who see, hear or point
otherwise, at the width of a phone as well, in light and in dark."""

from __future__ import annotations

import re

import pytest

BEGIN = {
    "clara": (
        "/worklist/",
        "/worklist/1/",
        "/numbers/",
        "/patients/",
        "/patients/5/",
        "/patients/7/",
    ),
    "ada": ("/staff/", "/emergency/reviews/", "/numbers/export/"),
    "remi": ("/me/", "/numbers/", "/numbers/research/"),
    "patient5": ("/diary/", "/me/", "/relief/", "/my-plan/", "/my-data/"),
    "": ("/accounts/login/", "/demo/", "/join/made-up/"),
}
NOT_FOLLOWED = re.compile(
    r"/(static|logout|live|state|read)/|/forecast/\d+/|^mailto:|^tel:|#|\.(ics|json|csv|zip)$"
)
"""What is no page, and the pages to read, which are looked at as everybody sees them."""

MOST_PAGES = 80


def shape(path: str) -> str:
    """Give a path without its numbers, so that each kind of page is looked at once."""
    return re.sub(r"\d+", "N", path.split("?")[0])


@pytest.mark.parametrize("login", sorted(BEGIN))
def test_no_page_has_a_serious_hurdle(walk, login):
    one = walk(login, width="phone")
    page = one.page
    waiting, looked = list(BEGIN[login]), set()
    while waiting and len(looked) < MOST_PAGES:
        path = waiting.pop(0)
        if shape(path) in looked:
            continue
        looked.add(shape(path))
        page.emulate_media(color_scheme="dark" if len(looked) % 2 else "light")
        answer = page.goto(path)
        assert answer is not None
        assert answer.status < 400 or path == "/join/made-up/", (path, answer.status)
        one.look(path)
        links = page.eval_on_selector_all(
            "main a[href], nav a[href]", "all => all.map(a => a.href)"
        )
        for link in links:
            inner = link.removeprefix(one.served.address)
            if inner.startswith("/") and not NOT_FOLLOWED.search(inner):
                waiting.append(inner)
    one.faults = [fault for fault in one.faults if "410" not in fault]
    assert looked
