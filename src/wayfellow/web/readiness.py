"""Whether this process can serve people."""

from importlib import import_module

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone


def why_not_ready() -> list[str]:
    """Reasons against, in words for the host; empty when ready: database there, up to date, writable."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            return [f"database: {len(waiting)} migrations are not applied; run wayfellow migrate"]
        _try_to_write()
    except Error as error:
        return [f"database: {type(error).__name__}"]
    return []


def _try_to_write() -> None:
    """Write a session row and take it back: a full disk or a read-only database shows here."""
    model = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    with transaction.atomic():
        model.objects.create(session_key="readiness", session_data="", expire_date=timezone.now())
        transaction.set_rollback(True)
