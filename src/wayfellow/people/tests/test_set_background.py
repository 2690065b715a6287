"""Background: private by default, each part with readers of its own, nobody's office opens it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from wayfellow.audit.models import Event
from wayfellow.core.errors import Refused
from wayfellow.people.actions.profile import set_background
from wayfellow.people.models import BackgroundFacet
from wayfellow.people.tests.profiles import step
from wayfellow.relationships.models import Participant, Relationship

FACETS = {
    "carer": ("Two small children", "private"),
    "disability": ("I hear on one side", "relationships"),
    "origin": ("A farm in the hills", "members"),
}


def sent(**told):
    """The form: each kind with its default, but for what is told."""
    fields = {}
    for kind in BackgroundFacet.Kind:
        value, visibility = told.get(kind.value, ("", "private"))
        fields |= {f"value_{kind.value}": value, f"see_{kind.value}": visibility}
    return fields


@pytest.fixture
def pair_up(network, enrol):
    """Two people who work together; gives back the relationship."""

    def pair_up(mentee, mentor, state="active"):
        row = Relationship.objects.create(
            organisation=network.organisation, cohort=network, state=state, opened_at=timezone.now()
        )
        for person, role in ((mentee, "mentee"), (mentor, "mentor")):
            Participant.objects.create(
                organisation=network.organisation,
                relationship=row,
                enrolment=person.enrolments.first() or enrol(person, mentor=role == "mentor", capacity=1),
                role=role,
            )
        return row

    return pair_up


@pytest.fixture
def told(member):
    set_background(member, member, facets=FACETS)
    return member


def seen_by(reader, member):
    """What a person's page shows, by the kinds whose value is on it."""
    kinds = BackgroundFacet.objects.visible_to(reader).filter(member=member).values_list("kind", flat=True)
    return sorted(kinds)


def on_page(client, member):
    page = client.get(reverse("member", args=["larkmoor", member.pk])).content.decode()
    return sorted(kind for kind, (value, _see) in FACETS.items() if value in page)


def test_it_is_kept_each_part_with_its_readers(member, client_for):
    answer = client_for(member).post(step("background"), sent(**FACETS))
    assert answer.url == step("check")
    stored = {facet.kind: (facet.value, facet.visibility) for facet in member.background.all()}
    assert stored == FACETS


def test_it_is_private_when_nothing_is_chosen(member, client_for):
    form = client_for(member).get(step("background")).context["form"]
    assert {form[f"see_{kind.value}"].value() for kind in BackgroundFacet.Kind} == {"private"}
    assert BackgroundFacet._meta.get_field("visibility").default == "private"


def test_the_record_says_nothing_of_it(told):
    event = Event.objects.get(verb="background_changed")
    assert event.details == {}
    set_background(told, told, facets=FACETS)
    assert Event.objects.filter(verb="background_changed").count() == 1


def test_an_empty_line_takes_it_away(told, client_for):
    client_for(told).post(step("background"), sent(origin=("A farm in the hills", "relationships")))
    [left] = told.background.all()
    assert (left.kind, left.visibility) == ("origin", "relationships")


def test_all_of_it_can_be_taken_away_after_asking(told, client_for):
    client = client_for(told)
    address = reverse("clear_background", args=["larkmoor"])
    assert address in client.get(step("background")).content.decode()
    assert "Take your background away?" in client.get(address).content.decode()
    assert told.background.count() == 3
    client.post(address)
    assert told.background.count() == 0
    assert address not in client.get(step("background")).content.decode()


def test_bad_input_is_said_beside_its_field_and_kept(member, client_for):
    answer = client_for(member).post(step("background"), sent(origin=("x" * 121, "members"), carer=("Yes", "everyone")))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"value_origin", "see_carer"}
    assert "x" * 121 in answer.content.decode()
    assert not BackgroundFacet.objects.exists()


def test_nobody_tells_anothers_background(told, administrator):
    with pytest.raises(Refused):
        set_background(administrator, told, facets={})
    assert told.background.count() == 3


def test_who_sees_what(told, make_member, administrator, manager, other_organisation, pair_up, enrol, client_for):
    mentor, ended = make_member("Inês Tavaredo"), make_member("Leif Holmqvarn")
    pair_up(told, mentor)
    pair_up(told, ended, state="ended_early")
    guest = make_member("Pia Querolt", is_guest=True)
    enrol(guest)
    lead = make_member("Sunniva Brekke", is_safeguarding_lead=True)
    readers = {
        told: ["carer", "disability", "origin"],
        mentor: ["disability", "origin"],
        ended: ["origin"],
        make_member("Kofi Asantewe"): ["origin"],
        administrator: ["origin"],
        manager: ["origin"],
        lead: ["origin"],
        guest: [],
    }
    for reader, kinds in readers.items():
        assert seen_by(reader, told) == kinds, reader.full_name
        assert on_page(client_for(reader), told) == kinds, reader.full_name
    assert seen_by(make_member("Ola Nordby", organisation=other_organisation), told) == []


def test_offices_alone_show_nothing(member, administrator, manager):
    set_background(member, member, facets={kind: (value, "private") for kind, (value, _see) in FACETS.items()})
    assert seen_by(administrator, member) == []
    assert seen_by(manager, member) == []


def test_guests_see_it_of_those_they_work_with(told, make_member, pair_up):
    guest = make_member("Pia Querolt", is_guest=True)
    relationship = pair_up(told, guest)
    assert seen_by(guest, told) == ["disability", "origin"]
    relationship.state = "ended_early"
    relationship.save()
    assert seen_by(guest, told) == []


def test_who_left_shows_nothing_any_more(told, make_member, administrator):
    told.state = "left"
    told.save()
    assert seen_by(make_member("Kofi Asantewe"), told) == []
    assert seen_by(administrator, told) == []
