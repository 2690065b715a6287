"""Addresses of these tests alone: a sheet with every component, a form, and views that refuse."""

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from wayfellow.core.access import ANYONE, GUEST, MEMBER, access
from wayfellow.core.errors import Conflict, InvalidInput, Refused
from wayfellow.web import forms
from wayfellow.web.tables import paginate

SHEET = """{% extends "web/base.html" %}{% block title %}Sheet{% endblock %}
{% block crumbs %}<p class="crumbs"><a href="?">Find</a> / Sheet</p>{% endblock %}
{% block main %}{% include "web/components/errors.html" %}
<div class="head"><div><h1>Sheet</h1><p class="lede">Every component.</p></div></div><div class="flow-l">
<p class="row">{% status "good" "Active" %} {% status "warn" "Slow" %} {% status "stop" "Ended" %}
{% status "info" "Waiting" %} {% status "none" "Not started" %} {% lock_line "Read by you and Inês only" %}</p>
<p class="row">{% face request.member "mentee" "s" %}{% face request.member %}
{% pair request.member request.member %}</p>
{% include "web/components/note.html" with kind="warn" text="Row 14 is not a number." %}
{% include "web/components/tabs.html" with label="Shown" tabs=tabs %}
{% include "web/components/steps.html" with steps=steps %}
{% include "web/components/facts.html" with facts=facts %}
<form>{% include "web/components/search.html" with label="Search by name" value="Inês" placeholder="Name" %}</form>
{% include "web/components/export.html" with url="/sheet" %}
{% include "web/components/progress.html" with text="780 of 1,200 rows" total=1200 done=780 percent=65 %}
{% include "web/components/empty.html" with heading="No meeting yet" text="Pick a time." url="/" action="Find a time" %}
<section class="panel next">{% include "web/components/next_map.html" %}<h2>Next</h2></section>
<form method="post" novalidate>{% csrf_token %}{{ form }}
<p class="row gap-top"><button class="btn">Send request</button></p></form>
<div class="panel table-box"><table role="table" class="table stack mid"><caption class="sr">Members, by name</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Name</th>
<th role="columnheader" scope="col" class="end">Places</th><th role="columnheader" scope="col">State</th></tr></thead>
<tbody role="rowgroup"><tr role="row"><th role="rowheader" scope="row"><a href="?a">Amara Oyelunde</a></th>
<td role="cell" data-l="Places" class="end num">2</td>
<td role="cell" data-l="State">{% status "good" "Active" %}</td></tr></tbody></table></div>
{% include "web/components/toast.html" with text="Moved to Friday." undo_url="/theme" %}
{% include "web/components/pagination.html" %}</div>{% endblock %}"""


class Ask(forms.Form):
    starts = {"why_you": ["You have done…", "I noticed that…"]}
    cards = ("often",)
    choice_hints = {"often": {"monthly": "1 hour"}}
    readers = {"reason": "Read by you only"}

    name = django_forms.CharField(label="Name", max_length=20)
    why_you = django_forms.CharField(
        label="Why Inês?", help_text="One or two sentences.", max_length=60, min_length=10, widget=django_forms.Textarea
    )
    reason = django_forms.CharField(label="Why, for yourself", required=False)
    often = django_forms.ChoiceField(
        label="How often?",
        choices=[("monthly", "Once a month"), ("once", "Just once")],
        widget=django_forms.RadioSelect,
        error_messages={"required": "Choose one. You can change it together later."},
    )
    skills = django_forms.MultipleChoiceField(
        label="Skills", choices=[("a", "Writing"), ("b", "Asking")], widget=django_forms.CheckboxSelectMultiple
    )
    goal = django_forms.ChoiceField(label="Goal", choices=[("1", "Move to product")], required=False)
    by = django_forms.DateField(label="By when?", required=False)
    email = django_forms.EmailField(label="E-mail", required=False)
    agree = django_forms.BooleanField(label="She may suggest a colleague", help_text="If she cannot.")
    photo = django_forms.FileField(label="Photo", required=False)
    token = django_forms.CharField(widget=django_forms.HiddenInput, required=False)


@access(MEMBER, GUEST)
def sheet(request, organisation):
    form = Ask(request.POST or None)
    if request.GET.get("say"):
        messages.success(request, "Sent. Inês has it now.")
    context = {
        "form": form,
        "tabs": [{"url": "?a", "label": "Everyone", "count": 240, "current": True}, {"url": "?b", "label": "Left"}],
        "steps": [{"label": "Goal", "done": True, "url": "?a"}, {"label": "Time", "current": True}, {"label": "Check"}],
        "facts": [{"label": "Places", "value": "1 of 3 free", "basis": "set by Inês"}],
        "page_obj": paginate(request, list(range(45))),
    }
    return HttpResponse(engines["django"].from_string(SHEET).render(context, request))


@access(MEMBER, GUEST)
def confirm(request, organisation):
    context = {"heading": "End it?", "consequence": "Inês gets a note.", "action": "End it", "keep_url": "/"}
    return HttpResponse(engines["django"].get_template("web/confirm.html").render(context, request))


@access(ANYONE)
def refuse(request, kind):
    if kind == "denied":
        raise PermissionDenied
    if kind == "broken":
        raise RuntimeError("for somebody@example.org")
    errors = {"refused": Refused, "conflict": Conflict, "invalid": InvalidInput}
    raise errors[kind]("mentor_at_capacity", "Inês has no place <now>.")


@access(ANYONE)
def landing(request):
    page = '{% extends "web/landing_base.html" %}{% block hero %}<div class="flow"><h1>Walk</h1></div>{% endblock %}'
    return HttpResponse(engines["django"].from_string(page).render({}, request))


urlpatterns = [
    path("o/<slug:organisation>/sheet/", sheet, name="sheet"),
    path("o/<slug:organisation>/confirm/", confirm, name="confirm"),
    path("refuse/<kind>", refuse, name="refuse"),
    path("landing", landing, name="landing"),
    path("", include("wayfellow.urls")),
]

handler400 = "wayfellow.web.views.bad_request"
handler403 = "wayfellow.web.views.not_allowed"
handler404 = "wayfellow.web.views.not_found"
handler500 = "wayfellow.web.views.broken"
