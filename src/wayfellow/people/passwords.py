"""Passwords that are refused besides Django's own: common ones in disguise, and those made of one's own names.

All of it is offline: the 20,000 commonest leaked passwords that Django brings. Whole lists of breached ones, which the
host brings, are in `breaches`.
"""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

LEAST_REST = 8
LEAST_NAME = 4
LOOKS_LIKE = str.maketrans("013457@$!", "oleastasi")


class DerivedFromCommonValidator:
    """Refuses a common password with figures and signs around it, letters swapped for them, or said twice."""

    @cached_property
    def common(self) -> set[str]:
        return CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        plain = password.lower().strip()
        bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
        forms = {plain, bare, plain.translate(LOOKS_LIKE), bare.translate(LOOKS_LIKE)}
        forms |= {re.sub(r"[\W\d_]+$", "", form) for form in forms}
        forms |= {_said_once(form) for form in forms}
        if forms & self.common:
            raise ValidationError(
                _("This is one of the passwords that everybody tries first, with something added. Choose another."),
                code="password_derived_from_common",
            )

    def get_help_text(self) -> str:
        return _("Not a common password with something added.")


class OwnNamesValidator:
    """Refuses what is mostly one's own name, address or organisation, or ours."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        rest = _letters(password)
        found = False
        for name in sorted(_names_around(user), key=len, reverse=True):
            found = found or name in rest
            rest = rest.replace(name, "")
        if found and len(re.sub(r"\d{1,4}$", "", rest)) < LEAST_REST:
            raise ValidationError(
                _("This is mostly your name, your address, your organisation or ours. Choose something else."),
                code="password_of_own_names",
            )

    def get_help_text(self) -> str:
        return _("Not mostly your own name, your address, your organisation or ours.")


def _names_around(user: Any) -> set[str]:
    words = ["wayfellow"]
    if user is not None and user.pk:
        words += re.split(r"[@.+_-]", user.email)
        for member in user.memberships.select_related("organisation"):
            words += [member.organisation.name, member.organisation.slug, member.full_name]
            words += [*member.organisation.name.split(), *member.full_name.split(), *re.split(r"[@.+_-]", member.email)]
    return {letters for letters in map(_letters, words) if len(letters) >= LEAST_NAME}


def _letters(words: str) -> str:
    """Larkm00r-Utilities! as larkmoorutilities: letters that figures stand for, nothing between them.

    Figures at the end are a year or a count, and stay figures.
    """
    plain = words.lower()
    tail = re.search(r"[\d\W_]*$", plain)
    head = plain[: tail.start()] if tail else plain
    return re.sub(r"[\W_]", "", head.translate(LOOKS_LIKE) + (re.sub(r"\D", "", tail.group()) if tail else ""))


def _said_once(form: str) -> str:
    half, odd = divmod(len(form), 2)
    return form[:half] if half > 2 and not odd and form[:half] == form[half:] else form
