"""People act in any order while time passes: hypothesis chooses, and after each step everything is looked at."""
