"""Reading hosts that this server may ask."""

import pytest

from wayfellow.core.environment import Environment, SettingsError


def test_hosts_and_networks() -> None:
    read = Environment({"HOSTS": "Calendar.Inside:8443, 10.1.0.0/16"}).hosts("HOSTS", says="")
    assert read == ["calendar.inside:8443", "10.1.0.0/16"]


def test_what_is_no_network_is_named() -> None:
    with pytest.raises(SettingsError, match="is not a network"):
        Environment({"HOSTS": "10.1.0.0/99"}).hosts("HOSTS", says="")
