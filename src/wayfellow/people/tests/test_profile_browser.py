"""The profile in a real browser: small and large, light and dark, by keyboard, without script."""

import shutil

import pytest
from django.urls import reverse

from wayfellow.people.actions.profile import save_profile, set_availability, set_background, set_photo
from wayfellow.people.tests.profiles import picture, step
from wayfellow.web.tests.test_browser import chromium, problems, sideways, visit

__all__ = ["chromium", "visit"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium"),
]


@pytest.fixture
def told(member):
    """Amara, who has said something in each step."""
    about = {"about": "I have spent ten years on night shifts.", "industry": "energy", "function": "operations"}
    save_profile(member, member, values=about | {"languages": ["en", "pt"], "seniority": 2})
    set_photo(member, member, photo=picture("WEBP", (512, 512)))
    set_availability(member, member, blocks=[{"weekday": 3, "start": 1080, "end": 1260}])
    set_background(member, member, facets={"origin": ("A farm in the hills", "members")})
    return member


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, told, width, scheme):
    pages = [step(name) for name in ("about", "skills", "availability", "background", "check")]
    pages += [reverse("my_profile", args=["larkmoor"]), reverse("member", args=["larkmoor", told.pk])]
    for path in pages:
        page = visit(path, width, color_scheme=scheme)
        assert problems(page) == [], path
        assert sideways(page) <= 0, path
        assert page.complaints == [], path


def test_errors_lead_to_their_times(visit, told):
    page = visit(step("availability"))
    page.get_by_label("Monday, first time, from").select_option("10:00")
    page.get_by_role("button", name="Save and go on").click()
    assert problems(page) == []
    page.get_by_role("link", name="Choose when it ends, or leave both empty.").click()
    assert page.evaluate("document.activeElement.id || location.hash") in ("id_day0_0_end", "#id_day0_0_end")


def test_the_steps_can_be_gone_through_without_script(visit, member):
    page = visit(step("about"), 320, java_script_enabled=False)
    page.get_by_label("Photo").set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.get_by_label("Portuguese").check()
    page.get_by_label("Seniority").select_option("Senior or specialist")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("link", name="Not now").click()
    page.get_by_label("Monday, first time, from").select_option("12:00")
    page.get_by_label("Monday, first time, to").select_option("13:00")
    page.get_by_role("button", name="Same for all weekdays").click()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Where I come from", exact=True).fill("A farm in the hills")
    page.get_by_role("button", name="Save and go on").click()
    shown = page.get_by_role("main").inner_text()
    for words in (
        "Portuguese",
        "Senior or specialist",
        "Mondays to Fridays 12:00–13:00",
        "A farm in the hills",
        "Only me",
    ):
        assert words in shown
    page.get_by_role("link", name="That is it").wait_for()
