"""Marking a notice as read by what a form sends."""

from typing import Any

import pytest
from django.urls import reverse


@pytest.mark.parametrize("sent", ["²", "٣", "-1", "9" * 40, "x", ""])
def test_what_is_no_number_is_not_there(db: None, member: Any, client_for: Any, sent: str) -> None:
    url = reverse("read_notices", args=[member.organisation.slug])
    assert client_for(member).post(url, {"notice": sent}).status_code == 404
