"""The sentences of this package, by code. A caller may translate a template and fill in the same facts."""

_FILE = {
    "file_empty": "“{name}” is empty.",
    "file_unreadable": "“{name}” cannot be opened.",
    "file_too_large": "“{name}” is larger than {limit}. Split it into smaller files.",
    "not_a_table": "“{name}” is a {kind} file. Save the table as CSV or XLSX and try again.",
    "not_text": "“{name}” is neither text nor a workbook. Save the table as CSV or XLSX and try again.",
    "encoding_broken": "“{name}” begins as {encoding} but holds bytes that are not {encoding}. Save it again as UTF-8.",
    "quote_open": "A quotation mark opens here and is never closed.",
    "quote_inside": "Text follows a closing quotation mark. Write a quotation mark inside a cell twice.",
    "cell_endless": "A cell begins here that does not end. A quotation mark may not be closed.",
    "workbook_broken": "“{name}” is damaged and cannot be read. Open it in your spreadsheet program and save it again.",
    "workbook_locked": "“{name}” is locked with a password. Save it without one and try again.",
    "sheet_missing": "“{name}” has no visible sheet named {sheet} with anything on it.",
    "workbook_old": "“{name}” is in the old XLS format. Save it as XLSX or CSV and try again.",
    "workbook_binary": "“{name}” is in the XLSB format. Save it as XLSX or CSV and try again.",
    "workbook_opendocument": "“{name}” is an OpenDocument file. Save it as XLSX or CSV and try again.",
    "archive_no_workbook": "“{name}” is an archive without a workbook in it. Save the table as CSV or XLSX.",
    "workbook_too_large": "“{name}” unpacks to more than {limit}. Split it into smaller files.",
    "too_many_rows": "The table has more than {limit} rows. Split it into smaller files.",
    "too_many_columns": "The table has {count} columns; at most {limit} can be read.",
    "too_many_cells": "“{name}” reaches to row {rows} and column {columns}, which is more than can be read. "
    "Delete what stands far below or beside the table.",
    "heading_unreadable": "The heading of column {letter} holds characters that cannot be read.",
    "heading_empty": "Column {letter} has values but no heading. Give it one, or delete the column.",
    "heading_twice": "Columns {first} and {second} are both headed “{heading}”. Rename one of them.",
    "cell_text_too_long": "A cell holds {length} characters; a workbook takes at most {limit}.",
}
_CELL = {
    "nul": "Holds a NUL character, which no text has. Type the cell again.",
    "control_character": "Holds the control character {character}, which cannot be shown. Type the cell again.",
    "damaged_character": "Holds a letter that was damaged before this file was made. Type the cell again.",
    "cell_too_long": "{length} characters are too many; at most {limit} fit.",
    "formula_kept": "This looks like a formula. We keep it as text and never compute it. "
    "If you meant its result, write that.",
    "cell_without_heading": "There is more in this row than there are headings: column {letter} holds “{value}”.",
    "text_too_long": "{length} characters are too many; at most {limit} fit.",
    "email_wrong": "“{value}” is not an e-mail address.",
    "email_several": "“{value}” holds more than one e-mail address. Keep one.",
    "name_is_email": "“{value}” is an e-mail address, not a name.",
    "number_wrong": "“{value}” is a number that a spreadsheet has rounded. Format the column as text and export again.",
    "date_wrong": "“{value}” is not a date we can read. Write it as 2024-02-29, or leave it empty.",
    "date_impossible": "{value} is not in the calendar. Mend it, or leave it empty.",
    "date_far": "{value} is too far away: years from {first} to {last} can be read.",
    "date_unclear": "{value} could be two different days, because this column writes dates both ways. "
    "Write it as 2024-02-29.",
    "time_zone_unknown": "“{value}” is not a time zone we know. Write it like Europe/Vienna.",
    "time_zone_unclear": "“{value}” means several time zones. Write it like Europe/Vienna.",
    "language_unknown": "We do not know the language “{value}”. Write its name or its two-letter code.",
    "phone_wrong": "“{value}” is not a phone number.",
    "manager_wrong": "“{value}” is neither an e-mail address nor an employee number.",
}
_ROW = {
    "key_missing": "Neither e-mail nor employee number is given, so we cannot tell who this is.",
    "email_twice": "Same e-mail as row {other}. One of the two must change.",
    "employee_number_twice": "Same employee number as row {other}. One of the two must change.",
    "manager_self": "The row names the person as their own manager.",
    "manager_circle": "The managers go round in a circle: {chain}.",
    "manager_not_in_file": "The manager “{value}” is not in this file.",
}
_COLUMN = {
    "resembles": "The heading only resembles “{wording}”.",
    "could_also_be": "Could also be the {other}.",
    "could_be_pay": "Could also be a pay band.",
    "private_address": "This looks like a private address.",
    "odd_values": "{count} rows say {value}, which is not like the others.",
    "odd_values_first": "{count} of the first {rows} rows say {value}, which is not like the others.",
    "values_do_not_fit_first": "In the first {rows} rows, {count} of {total} values are not what we expect of "
    "the {field}, for example “{value}”.",
    "values_do_not_fit": "{count} of {total} values are not what we expect of the {field}, for example “{value}”.",
    "by_content": "We do not know the heading, but the values could be the {field}.",
    "second_best": "“{other}” is already read as the {field}.",
    "column_empty": "The column is empty.",
    "day_and_month": "Day and month could be swapped: {value} is read as {read_as}.",
    "day_and_month_mixed": "Some dates have the day first, others the month: {first} and {second}.",
    "left_out_pay": "Left out: we never import pay here.",
    "left_out_private": "Left out: too private to import here.",
    "left_out_secret": "Left out: we never import passwords.",
    "left_out_manager_name": "Left out: names are shared by many. We use the manager's e-mail or employee number.",
    "left_out_not_used": "Left out: not used here.",
    "left_out_unknown": "Left out: we do not know this column.",
    "chosen": "You chose this.",
}
_MAPPING = {
    "mapping_heading": "The file has no column headed “{heading}”.",
    "mapping_field": "“{field}” is not something we import. Choose one of {fields}.",
    "mapping_twice": "Columns “{first}” and “{second}” are both to be read as the {field}. Choose one.",
    "mapping_never": "This column looks like something we never import here. Leave it out.",
    "no_rows": "The file has headings but no rows.",
    "no_key_column": "We found neither an e-mail nor an employee number column, so we cannot tell who is who. "
    "The headings are: {headings}.",
    "one_column": "The file seems to have a single column, “{heading}”. "
    "Separate columns by comma, semicolon, tab or vertical bar.",
}
MESSAGES: dict[str, str] = {**_FILE, **_CELL, **_ROW, **_COLUMN, **_MAPPING}
