"""Each organisation's record is as it was written."""

from collections.abc import Iterator

from wayfellow.cli.doctor.finding import Finding

MEND = (
    "Somebody changed the database past Wayfellow. Keep a copy of it, look into who could, and compare with your "
    "backups: the record cannot be made whole again."
)


def check_events() -> Iterator[Finding]:
    """Every event hashes to what it says, and onto the one before it."""
    from django.apps import apps

    from wayfellow.audit.verifying import verify_record

    organisations = apps.get_model("people.Organisation").objects.order_by("slug").values_list("pk", "slug")
    for pk, slug in organisations.iterator():
        verdict = verify_record(pk)
        for problem in verdict.problems:
            yield Finding("events", f"{slug}: {problem.words}", MEND, is_wrong=True)
        if verdict.is_cut_short:
            yield Finding("events", f"{slug}: there is more; these were the first", MEND, is_wrong=True)
        if not verdict.problems:
            erased = f", {verdict.erased} without details for people who were forgotten" if verdict.erased else ""
            yield Finding("events", f"{slug}: {verdict.events} in a whole chain{erased}; it ends with {verdict.ends}")
