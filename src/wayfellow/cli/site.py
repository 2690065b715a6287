"""The set-up Django that commands work with."""

import os


def set_up() -> None:
    """Load settings and apps. Files made from here on are readable by their owner alone.

    Raises:
        SettingsError: a setting is wrong.
    """
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayfellow.settings")
    import django

    django.setup()


def pending_migrations() -> int:
    """How many migrations the database still lacks.

    Raises:
        django.db.Error: the database cannot be reached.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_new() -> bool:
    """Whether nothing was ever created in the database.

    Raises:
        django.db.Error: the database cannot be reached.
    """
    from django.db import connection

    return not connection.introspection.table_names()


def migrate_database(*, verbosity: int = 1) -> None:
    """Bring the database up to date: the home folder, all tables, the table of the cache."""
    from django.conf import settings
    from django.core.management import call_command

    from wayfellow.core.home import make_home

    make_home(settings.HOME)
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)
