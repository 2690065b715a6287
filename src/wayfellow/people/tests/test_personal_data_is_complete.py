"""Every table is registered as holding personal data, with its export and erasure, or states why it holds none."""

from django.apps import apps
from django.utils.module_loading import import_string

from wayfellow.core.registry import NotPersonal, PersonalData, contributions
from wayfellow.people.models import Account, Member

PERSON_LIKE = ("email", "full_name", "first_name", "last_name", "phone", "address", "birth", "note", "about")


def models_there_are():
    return {model._meta.label: model for model in apps.get_models()}


def registered():
    return {entry.model: entry for entry in contributions("personal_data")}


def refers_to_a_person(model) -> bool:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return any(field.is_relation and field.related_model in (Member, Account) for field in fields)


def test_every_model_is_registered_once():
    labels = [entry.model for entry in contributions("personal_data")]
    assert sorted(labels) == sorted(set(labels))
    assert sorted(set(models_there_are()) - set(labels)) == []
    assert sorted(set(labels) - set(models_there_are())) == []


def test_who_refers_to_a_person_is_not_called_impersonal():
    wrong = [
        label
        for label, model in models_there_are().items()
        if isinstance(registered().get(label), NotPersonal) and refers_to_a_person(model)
    ]
    assert wrong == []


def test_fields_that_sound_like_a_person_are_named():
    """A field called like something of a person's is among the fields that are exported and erased."""
    missing = []
    for label, entry in registered().items():
        if not isinstance(entry, PersonalData):
            continue
        model = models_there_are()[label]
        for field in model._meta.concrete_fields:
            if field.name in PERSON_LIKE and field.name not in entry.fields:
                missing.append(f"{label}.{field.name}")
    assert missing == []


def test_fields_exist_and_doors_open(member):
    for entry in registered().values():
        if isinstance(entry, PersonalData):
            names = {field.name for field in models_there_are()[entry.model]._meta.get_fields()}
            assert set(entry.fields) <= names, entry.model
            assert isinstance(import_string(entry.export)(member), list), entry.model
        else:
            assert entry.why
