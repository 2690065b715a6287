"""Passwords that are refused, and why."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

pytestmark = pytest.mark.django_db


def why_not(password, account=None):
    try:
        validate_password(password, account)
    except ValidationError as error:
        return {problem.code for problem in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "Password2026!",
        "P@ssw0rd!!!!",
        "passwordpassword",
        "!!!sunshine2026",
        "qwertyuiop2026",
        "Dr4g0n123456",
        "football!!!!!",
    ],
)
def test_common_ones_in_disguise(password):
    assert why_not(password) & {"password_derived_from_common", "password_too_common"}


@pytest.mark.parametrize(
    "password",
    [
        "Larkmoor2026!",
        "Larkm00r-Utilities",
        "LarkmoorUtilities2026",
        "amaraoyelunde1",
        "Oyelunde.Amara.99",
        "Wayfellow-2026!!",
        "amara.oyelunde@larkmoor",
    ],
)
def test_those_of_ones_own_names(member, password):
    assert "password_of_own_names" in why_not(password, member.account)


@pytest.mark.parametrize(
    "password",
    [
        "three quiet words",
        "my larkmoor tea is always cold",
        "correct horse battery staple",
        "Zg7-kw!qm29xL",
        "тихие три слова",
    ],
)
def test_good_ones(member, password):
    assert why_not(password, member.account) == set()


def test_the_page_says_why(member, client_for):
    page = client_for(member).post(reverse("set_password"), {"password": "Larkmoor2026!"})
    assert "This is mostly your name" in page.content.decode()
