"""A NUL character in an address breaks no search, on either database."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("page", ["goals", "mentoring", "notices", "people", "skills", "find", "records"])
def test_a_search_for_nul(page, administrator, client_for, network):
    client = client_for(administrator)
    for name in ("q", "tab", "show", "department", "family", "verb", "since"):
        address = f"{reverse(page, args=['larkmoor'])}?{name}=a%00b%%0000"
        assert client.get(address).status_code in (200, 404, 422), name
