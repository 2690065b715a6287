"""How large a file may be. Beyond these it is refused with a message that names the limit."""

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 10_000

# A workbook is a zip archive: these bound what it may unpack to.
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_UNPACKED_RATIO = 200
RATIO_COUNTS_FROM = 10 * 1024 * 1024
MAX_PARTS = 2_000
MAX_BOX_CELLS = 6_000_000
MAX_SHARED_TEXT = 300 * 1024 * 1024
