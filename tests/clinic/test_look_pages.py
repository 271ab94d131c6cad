"""The style guide in a real browser: no accessibility violation in any theme at any size, no sideways scroll."""

import pytest

from tests.accessible import Axe

PATHS = {"components": "/dev/look/", "chairside": "/dev/look/chairside/", "patient": "/dev/look/patient/"}
WIDTHS = (390, 820, 1280)

pytestmark = pytest.mark.browser


def shown(page, site_url, path, theme):
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site_url}])
    answer = page.goto(path)
    assert answer.status == 200
    return page


def violations(page):
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


def test_what_is_wrong_is_found_and_named(browser):
    """What every test of accessibility rests on: axe is there, looks, and says where; twice on one page too."""
    page = browser.new_page()
    page.set_content("<html lang=en><title>T</title><main><img src=x><input></main>")
    found = Axe().run(page)
    assert {one["id"] for one in found.response["violations"]} == {"image-alt", "label"}
    assert "<img" in found.generate_report()
    page.evaluate("document.querySelector('img').alt = 'A cross'")
    assert violations(page) == ["label: <input>"]
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
@pytest.mark.parametrize("name", PATHS)
def test_g_18_no_violation_in_any_theme(page, site_url, name, theme):
    shown(page, site_url, PATHS[name], theme)
    assert page.locator("html").get_attribute("data-bs-theme") == theme
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []


@pytest.mark.parametrize("name", PATHS)
def test_nothing_scrolls_sideways_on_a_small_phone(page, site_url, name):
    page.set_viewport_size({"width": 320, "height": 700})
    shown(page, site_url, PATHS[name], "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_theme_follows_the_device_until_one_is_chosen_and_then_stays(open_page):
    page = open_page("tablet", color_scheme="dark")
    page.goto("/dev/look/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.locator(".page-h").get_by_role("button", name="Dim").click()
    page.wait_for_url("**/dev/look/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dim"
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dim"


def test_error_summary_takes_the_focus_and_leads_to_the_field(page):
    page.goto("/dev/look/patient/")
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    page.locator("[data-errors] a").first.click()
    assert page.evaluate("document.activeElement.id").startswith("wrong_born")


def test_the_pages_break_no_content_security_rule(page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("response", lambda answer: said.append(f"Failed to load {answer.url}") if answer.status >= 400 else None)
    for path in PATHS.values():
        page.goto(path)
    assert [words for words in said if "Content Security" in words or "Failed to load" in words] == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/there-is-no-such-page/"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_sign_in_and_error_pages_have_no_violation(open_page, site_url, path, theme):
    page = open_page("phone")
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site_url}])
    page.goto(path)
    assert violations(page) == []
