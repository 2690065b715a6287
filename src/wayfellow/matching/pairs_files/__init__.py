"""A folder of CSV files in, a CSV of pairs out: what analysts hand in and get back."""

from wayfellow.matching.pairs_files.errors import FilesRefused
from wayfellow.matching.pairs_files.folder import FILES, read_folder, refused_later
from wayfellow.matching.pairs_files.outputs import OutputRefused, check_outputs, write_outputs
from wayfellow.matching.pairs_files.writing import pairs_csv, regrets_csv

__all__ = [
    "FILES",
    "FilesRefused",
    "OutputRefused",
    "check_outputs",
    "pairs_csv",
    "read_folder",
    "refused_later",
    "regrets_csv",
    "write_outputs",
]
