"""Reads the files that O*NET and ESCO publish, and merges them with the skills that are there."""
