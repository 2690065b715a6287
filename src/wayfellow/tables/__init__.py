"""Tables as people keep them: CSV and XLSX files, read, recognised, checked and written.

Pure Python: no web framework, no database. `reading` gives a `Table` of cleaned text cells, `columns` recognises
headings, `people` turns rows into people with their faults, `writing` writes files in which no cell is a formula.
"""
