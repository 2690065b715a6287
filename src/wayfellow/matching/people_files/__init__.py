"""A programme manager's spreadsheet: people read from CSV or XLSX, rules from TOML, the result as a workbook."""
