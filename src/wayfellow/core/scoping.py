"""Rows that belong to an organisation are reached only through `visible_to(member)`."""

from typing import Any, Self

from django.db import models


class LockingQuerySet(models.QuerySet):
    """Locks rows in the one way that cannot make others wait for each other."""

    def lock(self, pk: Any) -> Any:
        """The row, locked until the transaction ends (SQLite: the transaction is the only writer already).

        The lock lets others refer to the row: an insert with a foreign key to it need not wait, so cannot deadlock.

        Raises:
            DoesNotExist: there is no such row.
        """
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def lock_all(self, pks: Any) -> list[Any]:
        """The rows with these primary keys, locked in the order of their ids so that two callers cannot deadlock."""
        return list(self.select_for_update(of=("self",), no_key=True).filter(pk__in=set(pks)).order_by("pk"))


class OrganisationQuerySet(LockingQuerySet):
    """Base of every organisation-owned query set. Subclasses write `visible_to`."""

    def visible_to(self, member: Any) -> Self:
        """The rows this member may see."""
        raise NotImplementedError(f"{type(self).__name__} must say what a member may see")


class OrganisationOwned(models.Model):
    """A row of one organisation."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        abstract = True
