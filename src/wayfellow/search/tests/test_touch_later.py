import pytest

from wayfellow.search.actions import touch, touch_later
from wayfellow.search.models import Document

pytestmark = pytest.mark.django_db


def test_writes_once_at_the_end(enrol, make_member, django_assert_num_queries):
    ines = enrol(make_member("Inês Tavaredo"), mentor=True).member
    with touch_later():
        with django_assert_num_queries(0):
            for _time in range(5):
                touch(ines)
        assert not Document.objects.exists()
    assert Document.objects.get().member == ines
    Document.objects.all().delete()
    touch(ines)
    assert Document.objects.count() == 1


def test_writes_nothing_when_the_block_fails(enrol, make_member):
    ines = enrol(make_member("Inês Tavaredo"), mentor=True).member
    with pytest.raises(RuntimeError), touch_later():
        touch(ines)
        raise RuntimeError
    assert not Document.objects.exists()
    touch(ines)
    assert Document.objects.exists()
