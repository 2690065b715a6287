"""Every kind of notice that a subject declares has its mail, in both forms."""

import pytest
from django.template.loader import get_template

from wayfellow.notifications.kinds import declared_kinds, template_of

DECLARED = {kind: template_of(kind) for kind in declared_kinds()}  # before the fixtures put others in their place


@pytest.mark.parametrize("form", ["txt", "html"])
def test_each_declared_kind_has_its_mail(form: str) -> None:
    for template in DECLARED.values():
        base = get_template(f"{template}.{form}").template.nodelist[0]
        assert str(base.parent_name.token) == f'"notifications/mail/base.{form}"', template
