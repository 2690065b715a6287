"""The conversation of a relationship: reading, writing, changing, deleting, taking it along."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.conversations import actions, policy, shelf
from wayfellow.conversations.forms import EditForm, LetterForm
from wayfellow.conversations.kinds import KINDS
from wayfellow.conversations.models import Message, MessageFile, new_key
from wayfellow.conversations.queries.letters import (
    all_letters,
    draft_of,
    first_new,
    others_of,
    read_letters,
    read_until,
)
from wayfellow.conversations.queries.panel import local_times
from wayfellow.core import clock
from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError
from wayfellow.goals.actions import add_commitment
from wayfellow.goals.forms import CommitmentForm
from wayfellow.goals.policy import why_not_write_together
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.views.relationships import find_relationship


@access(MENTEE, MENTOR)
@require_safe
def conversation(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The newest letters, last at the bottom; earlier ones by `?before=`, those with words by `?q=`."""
    return _show(request, find_relationship(request, pk))


@access(MENTEE, MENTOR)
@require_POST
def send_message(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Send a letter. What is wrong is said beside it, with its words kept."""
    found = find_relationship(request, pk)
    form = _form(request, found, data=request.POST, files=request.FILES)
    if form.is_valid():
        try:
            sent = actions.send_message(request.member, found, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Sent."))
            return redirect(f"{reverse('conversation', args=[organisation, pk])}#letter-{sent.pk}")
    return _show(request, found, form=form, status=422)


@access(MENTEE, MENTOR)
@require_POST
def keep_letter(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Keep what is written so far. Files are chosen when it is sent."""
    found = find_relationship(request, pk)
    form = _form(request, found, data=request.POST)
    text, key = form["text"].data or "", form["key"].data or ""
    try:
        draft = actions.keep_letter(request.member, found, text=text, key=key[:40])
    except DomainError as error:
        form.is_valid()
        form.refuse(error)
        return _show(request, found, form=form, status=422)
    if draft is None:
        messages.success(request, _("There is no draft any more."))
    else:
        messages.success(request, _("Kept as a draft. Only you read it. Files are chosen when you send it."))
    return redirect("conversation", organisation, pk)


@access(MENTEE, MENTOR)
@require_POST
def read_messages(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Note that one has read all there is. Nobody else sees it."""
    found = find_relationship(request, pk)
    actions.read_messages(request.member, found)
    if request.htmx:
        return HttpResponse(status=204)
    return redirect("conversation", organisation, pk)


@access(MENTEE, MENTOR)
@require_safe
def message(request: HttpRequest, organisation: str, pk: int, message_id: int) -> HttpResponse:
    """One letter by itself: a stable address, and what one may do with it."""
    found = find_relationship(request, pk)
    return _show_letter(request, found, _letter(request, found, message_id))


@access(MENTEE, MENTOR)
@require_POST
def commit_from_message(request: HttpRequest, organisation: str, pk: int, message_id: int) -> HttpResponse:
    """Write down what somebody will do, as it was said in a letter."""
    found = find_relationship(request, pk)
    letter = _letter(request, found, message_id)
    form = CommitmentForm(request.POST, relationship=found, reader=request.member)
    if form.is_valid():
        try:
            add_commitment(request.member, found, about=letter, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Written down. It comes back at your next meeting."))
            return redirect("message", organisation, pk, message_id)
    return _show_letter(request, found, letter, form=form)


def _show_letter(
    request: HttpRequest, found: Relationship, letter: Message, *, form: CommitmentForm | None = None
) -> HttpResponse:
    can_commit = letter.deleted_at is None and why_not_write_together(request.member, found) is None
    context = _context(request, found) | {
        "letter": letter,
        "mine": letter.author_id == request.member.pk,
        "no_edit": policy.why_not_edit_message(request.member, letter, clock.now()),
        "no_delete": policy.why_not_delete_message(request.member, letter),
        "form": form or (CommitmentForm(relationship=found, reader=request.member) if can_commit else None),
    }
    return render(request, "conversations/message.html", context, status=422 if form is not None else 200)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_message(request: HttpRequest, organisation: str, pk: int, message_id: int) -> HttpResponse:
    """Change a letter one has just sent."""
    found = find_relationship(request, pk)
    letter = _letter(request, found, message_id)
    refusal = policy.why_not_edit_message(request.member, letter, clock.now())
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("message", organisation, pk, message_id)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"text": letter.text})
    if form.is_bound and form.is_valid():
        try:
            actions.edit_message(request.member, letter, text=form.cleaned_data["text"])
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Changed. It says that it was changed."))
            return redirect("message", organisation, pk, message_id)
    context = _context(request, found) | {"letter": letter, "form": form}
    return render(request, "conversations/edit_message.html", context, status=422 if form.is_bound else 200)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_message(request: HttpRequest, organisation: str, pk: int, message_id: int) -> HttpResponse:
    """Delete a letter of one's own, after asking once more."""
    found = find_relationship(request, pk)
    letter = _letter(request, found, message_id)
    refusal = policy.why_not_delete_message(request.member, letter)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("message", organisation, pk, message_id)
    if request.method == "POST":
        actions.delete_message(request.member, letter)
        messages.success(request, _("Deleted. It says that there was a letter."))
        return redirect("conversation", organisation, pk)
    return render(request, "conversations/delete_message.html", _context(request, found) | {"letter": letter})


@access(MENTEE, MENTOR)
@require_safe
def message_file(request: HttpRequest, organisation: str, pk: int, file_id: int) -> FileResponse:
    """A file of a letter, to be saved and never shown in place."""
    found = find_relationship(request, pk)
    rows = MessageFile.objects.visible_to(request.member).filter(message__relationship=found)
    row = get_object_or_404(rows, pk=file_id)
    try:
        content = shelf.opened(row.place)
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, content_type=KINDS[row.kind].content_type, as_attachment=True, filename=row.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@access(MENTEE, MENTOR)
@require_safe
def export_conversation(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Everything one may read of it, as text."""
    found = find_relationship(request, pk)
    parts = [_as_text(letter) for letter in all_letters(found, request.member)]
    answer = HttpResponse("\n\n".join(parts) + "\n", content_type="text/plain; charset=utf-8")
    name = quote(f"{_('letters')}-{found.pk}.txt")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _as_text(letter: Message) -> str:
    name = letter.author.full_name if letter.author is not None else _("Somebody who is not here any more")
    at = date_format(timezone.localtime(letter.created_at), "Y-m-d H:i")
    if letter.deleted_at is not None:
        return f"{name}, {at}\n{_('This letter was deleted.')}"
    changed = f" ({_('changed')})" if letter.edited_at else ""
    files = [_("File: %(name)s") % {"name": file.name} for file in letter.files.all()]
    return "\n".join([f"{name}, {at}{changed}", *filter(None, [letter.text]), *files])


def _letter(request: HttpRequest, found: Relationship, pk: int) -> Message:
    rows = Message.objects.visible_to(request.member).filter(relationship=found)
    letter = get_object_or_404(rows.select_related("author").prefetch_related("files"), pk=pk)
    letter.relationship = found
    return letter


def _number(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


def _form(
    request: HttpRequest, found: Relationship, *, data: Any = None, files: Any = None, seen: int = 0
) -> LetterForm:
    draft = None if data is not None else draft_of(request.member, found)
    initial = {"seen": seen} | ({"text": draft.text, "key": draft.key} if draft else {"key": new_key()})
    label = _("Write to %(names)s") % {"names": _names(found, request.member)}
    return LetterForm(data, files, initial=initial, label=label)


def _names(found: Relationship, reader: Any) -> str:
    return get_text_list([row.enrolment.member.short_name for row in others_of(found, reader)], _("and"))


def _context(request: HttpRequest, found: Relationship) -> dict[str, Any]:
    others = others_of(found, request.member)
    return {
        "found": found,
        "others": others,
        "names": _names(found, request.member),
        "from_here": request.path,
    }


def _show(
    request: HttpRequest, found: Relationship, *, form: LetterForm | None = None, status: int = 200
) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:200]
    shown = read_letters(
        found,
        request.member,
        search=search,
        before=_number(request, "before"),
        after=_number(request, "after"),
        upto=_number(request, "upto"),
    )
    refusal = policy.why_not_send_message(request.member, found)
    is_newest = not search and shown.newer is None
    context = _context(request, found) | {
        "shown": shown,
        "search": search,
        "first_new": first_new(shown.letters, reader=request.member, until=read_until(request.member, found)),
        "is_newest": is_newest,
        "refusal": refusal,
        "form": None if refusal else form or _form(request, found, seen=shown.letters[-1].pk if shown.letters else 0),
        "times": local_times(others_of(found, request.member), clock.now()),
    }
    return render(request, "conversations/conversation.html", context, status=status)
