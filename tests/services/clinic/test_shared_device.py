"""A device that others use too: signing out leaves nothing, and nobody sees what is not theirs."""

from __future__ import annotations

import re

from devices import kept_in_caches, kept_on
from diary_on_phone import SOON, all_sent, entries, picture, sign_in, tap
from playwright.sync_api import expect


def test_signing_out_asks_first_and_then_leaves_nothing_on_the_device(phone, served):
    page = phone.open()
    sign_in(page, served, "patient9")
    had = len(entries(served, "patient9"))
    # Pages come, but nothing of what waits goes.
    phone.context.route("**/diary/outbox/", lambda route: route.abort())
    tap(page, 6)
    expect(page.get_by_role("heading", name="More to tell?")).to_be_visible(timeout=SOON)
    page.goto("/diary/")
    expect(page.get_by_role("heading", name="1 entry waits on this device")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", name="Sign out?")).to_be_visible()
    expect(page.get_by_text("1 entry on this device has not been sent")).to_be_visible()
    picture(page, "offline-sign-out")
    page.get_by_role("link", name="Stay signed in").click()
    expect(page.get_by_role("heading", name="1 entry waits on this device")).to_be_visible()
    assert len(kept_on(page)) == 1
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("button", name="Sign out and lose them").click()
    page.wait_for_url("**/accounts/login/**")
    assert kept_on(page) == []
    assert kept_in_caches(page) == {}
    assert (
        page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    )
    assert len(entries(served, "patient9")) == had


def test_signing_out_with_nothing_waiting_asks_nothing_and_leaves_nothing(phone, served):
    page = phone.open()
    sign_in(page, served, "patient9")
    tap(page, 1)
    page.wait_for_url(re.compile(r"/diary/\d+/$"))
    assert kept_on(page)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/diary/" not in url)
    page.goto("/accounts/login/")
    assert kept_on(page) == []
    assert kept_in_caches(page) == {}


def test_two_people_on_one_device_never_send_or_see_what_is_not_theirs(phone, served):
    page = phone.open()
    sign_in(page, served, "patient10")
    had = {one: len(entries(served, one)) for one in ("patient10", "patient11")}
    phone.context.set_offline(True)
    page.goto("/diary/")
    tap(page, 7)
    page.get_by_label("Anything else?").first.fill("a secret of one")
    page.get_by_role("button", name="Keep this too").click()
    expect(page.get_by_role("heading", name="1 entry waits on this device")).to_be_visible()
    # Whoever was away for long is signed out, and nothing is wiped.
    phone.context.clear_cookies(name="sessionid")
    phone.context.set_offline(False)
    page.goto("/diary/offline/")
    expect(page.get_by_text("Sign in to send it")).to_be_visible()
    expect(page.locator("#waiting-list li")).to_have_count(0)
    picture(page, "offline-signed-out")
    sign_in(page, served, "patient11")
    expect(page.get_by_text("Entries of somebody else that wait on this device: 1")).to_be_visible()
    assert "secret" not in page.content()
    assert "pain 7" not in page.locator("#outbox").inner_text()
    tap(page, 2)
    page.wait_for_url(re.compile(r"/diary/\d+/$"))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/diary/" not in url)
    # Only what is of the other one, and was not sent, is left.
    assert [one["pain"] for one in kept_on(page)] == [7]
    sign_in(page, served, "patient10")
    all_sent(page)
    assert [one[1] for one in entries(served, "patient10")[had["patient10"] :]] == [7]
    assert [one[1] for one in entries(served, "patient11")[had["patient11"] :]] == [2]


def test_no_page_and_no_word_of_a_patient_is_ever_kept_by_the_browser(phone, served):
    page = phone.open()
    sign_in(page, served, "patient12")
    name = page.locator(".who a").inner_text()
    for path in ("/diary/", "/relief/", "/diary/reminder/", "/me/", "/diary/late/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    kept = kept_in_caches(page)
    scripts = ("clock", "store", "outbox", "waiting", "writing", "sign_out")
    looks = {"/static/clinic/clinic.css", "/static/clinic/icon.svg"}
    assert set(kept) == {"/diary/offline/"} | looks | {
        f"/static/clinic/{one}.js" for one in scripts
    }
    for text in kept.values():
        assert name not in text
        assert "patient12" not in text
        assert "csrf" not in text.replace("X-CSRFToken", "")


def test_a_browser_that_keeps_nothing_writes_as_without_scripts(browser, served):
    context = browser.new_context(base_url=served.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("patient12")
    page.locator("input[name=password]").fill(served.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    tap(page, 5)
    expect(page.get_by_role("heading", name=re.compile("Pain 5"))).to_be_visible()
    context.close()
