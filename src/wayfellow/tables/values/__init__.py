"""Values of cells that are written in many ways: dates, time zones, languages."""
