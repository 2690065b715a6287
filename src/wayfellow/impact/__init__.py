"""Impact analysis. Pure: no web framework, no database."""
