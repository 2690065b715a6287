"""From people with attributes to a problem and its result, however many pairs they make."""
