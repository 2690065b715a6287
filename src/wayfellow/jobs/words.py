"""Jobs in words, for administrators: what a job does, and how it went wrong. Never what it is about."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TASKS: dict[str, Any] = {
    "wayfellow.notifications.sending.send_notice_mail": gettext_lazy("Mail a notice"),
    "wayfellow.notifications.sending.send_plain_mail": gettext_lazy("Send a mail"),
    "wayfellow.people.actions.joining.ask_to_join_job": gettext_lazy("Answer a wish to join"),
    "wayfellow.people.actions.passwords.write_about_new_password_job": gettext_lazy("Write about a new password"),
    "wayfellow.people.actions.import_checks.check_import_job": gettext_lazy("Check a list of people"),
    "wayfellow.people.actions.imports.apply_import_job": gettext_lazy("Import people"),
    "wayfellow.relationships.actions.leaving.close_after_leaving_job": gettext_lazy("Close what somebody left open"),
    "wayfellow.relationships.actions.leaving.close_after_block_job": gettext_lazy("Close what a block ends"),
    "wayfellow.meetings.actions.ending.call_off_after_ending_job": gettext_lazy("Call off what was planned"),
    "wayfellow.meetings.actions.ending.call_off_after_block_job": gettext_lazy("Call off what was planned"),
    "wayfellow.meetings.actions.ending.forget_after_leaving_job": gettext_lazy("Expect nobody who left"),
    "wayfellow.surveys.actions.asking.ask_after_meeting_job": gettext_lazy("Ask about a meeting"),
}
ERRORS: dict[str, Any] = {
    "wayfellow.jobs.errors.LostLease": gettext_lazy("The server stopped in the middle of it, each time."),
    "builtins.ConnectionRefusedError": gettext_lazy("The other server could not be reached."),
    "builtins.TimeoutError": gettext_lazy("The other server did not answer in time."),
    "smtplib.SMTPAuthenticationError": gettext_lazy("The mail server did not let us in."),
    "smtplib.SMTPServerDisconnected": gettext_lazy("The mail server hung up."),
}


def task_in_words(path: str) -> str:
    """What a task does. One that has no words reads as it is called: `drop_old_things_job` is "Drop old things"."""
    if path in TASKS:
        return str(TASKS[path])
    return path.rpartition(".")[2].removesuffix("_job").replace("_", " ").capitalize()


def error_in_words(path: str) -> str:
    """How it went wrong, by the kind of error alone: its message may name people."""
    if not path:
        return ""
    if path in ERRORS:
        return str(ERRORS[path])
    return _("It broke off (%(kind)s).") % {"kind": path.rpartition(".")[2]}
