from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def query_drop(context: Any, name: str) -> str:
    """This page's query string without all values of a name; goes back to the first page."""
    values = context["request"].GET.copy()
    values.pop(name, None)
    values.pop("page", None)
    return f"?{values.urlencode()}"
