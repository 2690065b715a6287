"""Many rows at once at a fraction of what `bulk_create` and `bulk_update` cost, for loads of a hundred thousand.

Django compiles an expression a value; here each column is looked at once. Always in the caller's transaction.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction

from wayfellow.core import clock


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert instances of one model. Unlike `bulk_create` it leaves them without primary keys.

    Raises:
        IntegrityError: as `bulk_create`; none is inserted then.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = [(field.attname, _prepared(field)) for field in fields]
    values = [
        tuple(prepare(row.__dict__[name]) if prepare else row.__dict__[name] for name, prepare in columns)
        for row in rows
    ]
    table = connection.ops.quote_name(meta.db_table)
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for each in values:
                    copy.write_row(each)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608


def set_many(model: type[models.Model], name: str, values: Mapping[int, int | None]) -> None:
    """Set one column of whole numbers, such as a foreign key, to a value of its own in each of these rows."""
    if not values:
        return
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(model._meta.get_field(name).column)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            given = "unnest(%s::bigint[], %s::bigint[]) AS given (pk, value)"
            sql = f"UPDATE {table} SET {column} = given.value FROM {given} WHERE {table}.id = given.pk"  # noqa: S608
            cursor.execute(sql, [list(values), list(values.values())])
        else:
            sql = f"UPDATE {table} SET {column} = %s WHERE id = %s"  # noqa: S608
            cursor.executemany(sql, [(value, pk) for pk, value in values.items()])


def _prepared(field: models.Field) -> Callable[[Any], Any] | None:
    """What a value of this field goes through on its way to the database, None where it goes as it is."""
    if isinstance(field, models.JSONField):
        encode = (field.encoder or json.JSONEncoder)().encode
        return lambda value: "[]" if value == [] else encode(value)  # most lists of faults are empty
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        now = field.get_db_prep_save(clock.now(), connection)
        return lambda _value: now
    if isinstance(field, (models.DateField, models.DecimalField)):
        return lambda value: None if value is None else field.get_db_prep_save(value, connection)
    if field.choices:
        return lambda value: str(value) if isinstance(value, str) else value
    if isinstance(field, (models.CharField, models.TextField, models.IntegerField, models.BooleanField)):
        return None
    if isinstance(field, models.ForeignKey):
        return None
    return lambda value: field.get_db_prep_save(value, connection)
