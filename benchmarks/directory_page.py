"""The list of people as administrators see it, against the same rows through a bare Django view and template.

    ./dev bench directory_page [MEMBERS]

Ours: the whole request through all middleware, with session, access, navigation, forms and marks. Bare: a view and a
template of a few lines, with no middleware, that read and show the same: the rows of a page, how many there are behind
each tab, and the departments to choose from. Processor time of this process, the median of many requests, on either
database.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.databases import on_each, open_site
from benchmarks.measure import show

MEMBERS = 100_000
TURNS = 25
GOAL = 2.5
PER_PAGE = 25
TEMPLATE = """<!doctype html><html lang="en"><head><title>People</title></head><body><h1>People</h1>
<p>{{ page_obj.paginator.count }} people{% for tab, n in counts.items %}, {{ tab }}: {{ n }}{% endfor %}</p>
<select>{% for department in departments %}<option>{{ department }}</option>{% endfor %}</select>
<table><thead><tr><th>Name</th>
<th>Department</th><th>Takes part</th><th>State</th><th>Last here</th></tr></thead><tbody>
{% for person in page_obj %}<tr><th><a href="{% url "member_admin" organisation person.pk %}">{{ person.full_name }}</a>
<br>{{ person.email }}</th><td>{{ person.department|default:"—" }}</td><td>{% for enrolment in person.enrolments.all %}
{% if enrolment.is_mentor %}Mentor{% endif %} {% if enrolment.is_mentee %}Mentee{% endif %}{% empty %}—{% endfor %}</td>
<td>{{ person.get_state_display }}{% if person.invited_at %}, invited {{ person.invited_at|date }}{% endif %}</td>
<td>{{ person.last_seen_on|date|default:"Never" }}</td></tr>{% endfor %}</tbody></table></body></html>"""


def main() -> None:
    if sys.argv[1:2] == ["alone"]:
        alone(sys.argv[2], int(sys.argv[3]))
    else:
        on_each("benchmarks.directory_page", *(sys.argv[1:2] or [str(MEMBERS)]))


def alone(kind: str, members: int) -> None:
    """Fill the database that is set, and measure."""
    from benchmarks.members import fill

    open_site()
    measure_page(kind, fill(members), members)


def measure_page(kind: str, administrator: Any, members: int) -> None:
    """Print what a page takes."""
    ours, bare = _ours(administrator), _bare(administrator)
    rows = []
    for name, query in (("first", {}), ("last of 40", {"page": "40"}), ("a department", {"department": "Field tools"})):
        taken = ([], [])
        for page in (ours, bare):
            page(query)
        for _turn in range(TURNS):
            for page, times in zip((ours, bare), taken, strict=True):
                times.append(_timed(lambda page=page, query=query: page(query)))
        (ours_cpu, ours_wall), (bare_cpu, bare_wall) = (
            [1000 * median(part) for part in zip(*times, strict=True)] for times in taken
        )
        rows.append([name, ours_cpu, bare_cpu, ours_cpu / bare_cpu, ours_wall, bare_wall, ours_wall / bare_wall])
    headings = ["page", "ours CPU ms", "bare CPU ms", "×", "ours ms", "bare ms", "×"]
    show(f"People on {kind}, {members:,} members; goal: at most {GOAL} × the CPU of a bare view", headings, rows)


def _timed(call: Callable[[], Any]) -> tuple[float, float]:
    cpu, wall = process_time(), perf_counter()
    call()
    return process_time() - cpu, perf_counter() - wall


def _ours(administrator: Any) -> Callable[[dict[str, str]], None]:
    from django.test import Client
    from django.urls import reverse

    from wayfellow.core import clock

    client = Client(SERVER_NAME="localhost")
    client.force_login(administrator.account)
    session = client.session
    now = int(clock.now().timestamp())
    session.update({"signed_in_at": now, "seen_at": now, "confirmed_at": now})
    session.save()
    address = reverse("people", args=[administrator.organisation.slug])

    def page(query: dict[str, str]) -> None:
        answer = client.get(address, query)
        if answer.status_code != 200 or answer.content.count(b'name="chosen"') != PER_PAGE:
            sys.exit(f"{address} answered {answer.status_code}")

    return page


def _bare(administrator: Any) -> Callable[[dict[str, str]], None]:
    from django.core.paginator import Paginator
    from django.http import HttpRequest, HttpResponse
    from django.template import Context, engines
    from django.test import RequestFactory

    from wayfellow.people.queries import administration

    template = engines["django"].from_string(TEMPLATE).template
    slug = administrator.organisation.slug
    factory = RequestFactory()

    def view(request: HttpRequest) -> HttpResponse:
        narrowed = administration.people(administrator, department=request.GET.get("department", ""))
        page_obj = Paginator(administration.with_facts(narrowed), PER_PAGE).get_page(request.GET.get("page"))
        shown = {
            "page_obj": page_obj,
            "organisation": slug,
            "counts": administration.counts(administrator),
            "departments": administration.departments(administrator),
        }
        return HttpResponse(template.render(Context(shown)))

    def page(query: dict[str, str]) -> None:
        if view(factory.get("/people/", query)).content.count(b"<tr><th><a") != PER_PAGE:
            sys.exit("the bare page is short of rows")

    return page


if __name__ == "__main__":
    main()
