"""`{% own_words "asks_you" name=name %}`: a sentence that says mentor or mentee as the organisation says it."""

from typing import Any

from django import template
from django.template import Context

from wayfellow.people.models import Organisation
from wayfellow.people.own_words import in_own_words

register = template.Library()


@register.simple_tag(takes_context=True)
def own_words(context: Context, sentence: str, **names: Any) -> str:
    """A sentence of `people.own_words`, for the organisation of the page or mail."""
    here = [context.get("organisation"), getattr(context.get("page"), "organisation", None)]
    return in_own_words(next((each for each in here if isinstance(each, Organisation)), None), sentence, **names)
