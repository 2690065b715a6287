import re

import pytest
from django import forms as django_forms
from django.apps import apps
from django.http import QueryDict

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.web.forms import ModelForm
from wayfellow.web.tests.sheet import Ask

GOOD = {"name": "Amara", "why_you": "You have done this.", "often": "monthly", "skills": ["a"], "agree": "on"}


def errors_of(**changes):
    return Ask({**GOOD, **changes}).errors


def test_good_form_has_no_errors():
    assert Ask(GOOD).is_valid(), Ask(GOOD).errors


def test_empty_form_says_what_to_do_in_the_order_of_the_fields():
    summary = Ask({}).error_summary
    assert summary == [
        ("id_name", "Name: Write something here."),
        ("id_why_you", "Why Inês? Write something here."),
        ("id_often_0", "Choose one. You can change it together later."),
        ("id_skills_0", "Choose at least one."),
        ("id_agree", "Tick this to go on."),
    ]


def test_every_link_of_the_summary_has_its_target():
    page = Ask({}).render()
    for target, _message in Ask({}).error_summary:
        assert f'id="{target}"' in page


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "x" * 10_000, "Write at most 20 characters. This has 10000."),
        ("why_you", "Hi", "Write at least 10 characters. This has 2."),
        ("name", "A\x00B", "This contains a character that cannot be shown (NUL). Remove it and send again."),
        ("email", "somebody", "Write an e-mail address like name@example.org."),
        ("by", "31.02.2026", "Write a date like 2027-06-30."),
        ("often", "hourly", "This is not one of the choices. Choose again."),
    ],
)
def test_bad_input_gets_a_clear_message(field, value, message):
    assert errors_of(**{field: value})[field] == [message]


def test_what_was_typed_is_kept():
    page = Ask({**GOOD, "name": "A <b> & a name that is far too long"}).render()
    assert 'value="A &lt;b&gt; &amp; a name that is far too long"' in page
    assert re.search(r'value="monthly"[^>]*checked', page)


def test_direction_and_control_characters_are_taken_out():
    form = Ask(
        QueryDict("name=%E2%80%AEAmara%E2%80%8F%07&why_you=You have done%0D%0Athis.&often=once&skills=a&agree=on")
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Amara"
    assert form.cleaned_data["why_you"] == "You have done\r\nthis."
    assert form.cleaned_data["skills"] == ["a"]


def test_letters_of_every_script_stay():
    for name in ("Inês", "李小龙", "नेहा शर्मा", "مريم", "می‌خواهم"):
        form = Ask({**GOOD, "name": name})
        assert form.is_valid()
        assert form.cleaned_data["name"] == name


def test_field_is_described_by_hint_error_and_counter():
    page = Ask({**GOOD, "why_you": "Hi"}).render()
    assert 'aria-describedby="id_why_you_helptext id_why_you_error id_why_you_counter"' in page
    for part in ("helptext", "error", "counter"):
        assert f'id="id_why_you_{part}"' in page
    assert "2 of 60 characters" in page
    assert 'aria-invalid="true"' in page
    assert "maxlength" not in re.search(r"<textarea[^>]*>", page)[0]


def test_choices_are_one_group_with_a_name():
    page = Ask({}).render()
    group = re.search(r'<fieldset class="field bad"[^>]*><legend>How often\?.*?</fieldset>', page, re.S)[0]
    assert 'aria-describedby="id_often_error"' in group
    assert 'class="picks"' in group
    assert "<b>Once a month</b>" in group
    assert "1 hour" in group


def test_optional_fields_say_so_and_readers_are_named():
    page = Ask().render()
    assert page.count("(if you like)") == 5
    assert "Read by you only" in page
    assert 'aria-describedby="id_reason_reader"' in page
    Ask.mark_optional = False
    try:
        assert "(if you like)" not in Ask().render()
    finally:
        Ask.mark_optional = True


def test_starts_wait_for_the_script():
    page = Ask().render()
    assert re.search(r"<p[^>]*data-starts hidden>", page)
    assert 'data-start-for="id_why_you"' in page


def test_dates_use_the_field_of_the_browser():
    page = Ask({**GOOD, "by": "2027-06-30"}).render()
    assert re.search(r'<input type="date"[^>]*value="2027-06-30"', page)


def test_refusal_of_an_action_stands_beside_its_field_or_on_top():
    form = Ask(GOOD)
    form.refuse(InvalidInput("too_soon", "Choose a day after today.", field="by"))
    form.refuse(Refused("mentor_at_capacity", "Inês has no place.", field="places"))
    assert form.error_summary == [("", "Inês has no place."), ("id_by", "Choose a day after today.")]


def test_own_messages_are_kept_and_fields_are_not_shared():
    assert errors_of(often="")["often"] == ["Choose one. You can change it together later."]
    assert "required" not in Ask.base_fields["name"].widget.attrs
    assert type(Ask.base_fields["by"].widget) is django_forms.DateInput


@pytest.mark.django_db
def test_form_of_a_row():
    class Name(ModelForm):
        class Meta:
            model = apps.get_model("people", "Member")
            fields = ["full_name", "hire_date"]

    form = Name({"full_name": "x" * 201, "hire_date": "soon"})
    assert form.errors == {
        "full_name": ["Write at most 200 characters. This has 201."],
        "hire_date": ["Write a date like 2027-06-30."],
    }
