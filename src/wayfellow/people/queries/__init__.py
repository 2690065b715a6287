from wayfellow.people.queries.members import membership, memberships_of, roles_of

__all__ = ["membership", "memberships_of", "roles_of"]
