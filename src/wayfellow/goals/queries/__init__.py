from wayfellow.goals.queries.goals import export_goals, goals_of

__all__ = ["export_goals", "goals_of"]
