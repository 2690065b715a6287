"""The words of a report: never more than the design carries."""
