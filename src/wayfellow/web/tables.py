"""Paging of lists."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def paginate(request: HttpRequest, rows: Any, *, per_page: int = 20) -> Page:
    """The page that `?page=` asks for; a number that is none, or beyond the last page, gives the nearest there is."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
