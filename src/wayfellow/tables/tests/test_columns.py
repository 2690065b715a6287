"""Which column is what: exports of common systems, doubtful headings, what is never imported."""

import pytest

from wayfellow.tables.columns import Confidence
from wayfellow.tables.messages import MESSAGES
from wayfellow.tables.people import read_people, recognise_people
from wayfellow.tables.people.fields import PEOPLE_FIELDS
from wayfellow.tables.reading import read_table

# Heading: value, field it is read as (None: not), by system
EXPORTS = {
    "Workday": [
        ("Employee ID", "4182", "employee_number"),
        ("Worker", "Kofi Asantewe", "name"),
        ("Business Title", "Engineer", "job_title"),
        ("Supervisory Organization", "Networks", "department"),
        ("Location", "Graz", "location"),
        ("Email - Primary Work", "k@larkmoor.example", "email"),
        ("Hire Date", "12/31/2023", "hire_date"),
        ("Worker's Manager", "Petra Vandelroux (4183)", "manager"),
        ("Management Level", "P3", "grade"),
        ("Compensation Grade", "C3", None),
        ("Date of Birth", "1/31/1990", None),
        ("Time Zone", "GMT+01:00 Central European Time (Berlin)", "time_zone"),
    ],
    "SAP SuccessFactors": [
        ("STATUS", "active", None),
        ("USERID", "4182", "employee_number"),
        ("USERNAME", "kasantewe", None),
        ("FIRSTNAME", "Kofi", "first_name"),
        ("LASTNAME", "Asantewe", "last_name"),
        ("GENDER", "M", None),
        ("EMAIL", "k@larkmoor.example", "email"),
        ("MANAGER", "4183", "manager"),
        ("DEPARTMENT", "Networks", "department"),
        ("LOCATION", "Graz", "location"),
        ("TIMEZONE", "CET", "time_zone"),
        ("HIREDATE", "2020-01-31", "hire_date"),
        ("EMPID", "77", None),
        ("TITLE", "Engineer", "job_title"),
        ("BIZ_PHONE", "+43 316 555 01", "phone"),
    ],
    "BambooHR": [
        ("Employee #", "1", "employee_number"),
        ("First Name", "Kofi", "first_name"),
        ("Last Name", "Asantewe", "last_name"),
        ("Preferred Name", "", None),
        ("Work Email", "k@larkmoor.example", "email"),
        ("Home Email", "k@x.example", None),
        ("Job Title", "Engineer", "job_title"),
        ("Department", "Networks", "department"),
        ("Hire Date", "2020-01-31", "hire_date"),
        ("Reporting to", "Petra Vandelroux", None),
        ("Work Phone", "+43 316 555 01", "phone"),
        ("Pay rate", "9", None),
    ],
    "Personio": [
        ("Personalnummer", "17", "employee_number"),
        ("Nachname", "Müßig", "last_name"),
        ("Vorname", "Anna", "first_name"),
        ("E-Mail", "a@larkmoor.example", "email"),
        ("Position", "Ingenieurin", "job_title"),
        ("Abteilung", "Netze", "department"),
        ("Büro", "Graz", "location"),
        ("Vorgesetzter", "p@larkmoor.example", "manager"),
        ("Eintrittsdatum", "1. März 2020", "hire_date"),
        ("Fixgehalt", "1", None),
        ("Geburtsdatum", "1.1.1990", None),
        ("Geschlecht", "w", None),
        ("Sprachen", "Deutsch, Englisch", "languages"),
        ("Stufe", "E2", "grade"),
    ],
    "HiBob": [
        ("Display name", "Kofi Asantewe", "name"),
        ("Email", "k@larkmoor.example", "email"),
        ("Site", "Graz", "location"),
        ("Department", "Networks", "department"),
        ("Job title", "Engineer", "job_title"),
        ("Start date", "31/01/2020", "hire_date"),
        ("Reports to", "Petra Vandelroux", None),
        ("Reports to email", "p@larkmoor.example", "manager"),
        ("Employee ID in company", "1", "employee_number"),
        ("Pronouns", "he", None),
    ],
    "ADP": [
        ("Associate ID", "A1", "employee_number"),
        ("Payroll Name", "Asantewe, Kofi", "name"),
        ("Job Title Description", "Engineer", "job_title"),
        ("Home Department Description", "Networks", "department"),
        ("Location Description", "Graz", "location"),
        ("Hire Date", "01/31/2020", "hire_date"),
        ("Reports To Associate ID", "A2", "manager"),
        ("Reports To Name", "Vandelroux, Petra", None),
        ("Work Contact: Work Email", "k@larkmoor.example", "email"),
        ("Pay Grade Code", "C3", None),
    ],
    "Factorial": [
        ("Nº empleado", "17", "employee_number"),
        ("Nombre", "Ana", "first_name"),
        ("Apellidos", "García Ibáñez", "last_name"),
        ("Correo electrónico", "a@larkmoor.example", "email"),
        ("Puesto", "Ingeniera", "job_title"),
        ("Departamento", "Redes", "department"),
        ("Centro de trabajo", "Madrid", "location"),
        ("Responsable", "b@larkmoor.example", "manager"),
        ("Fecha de alta", "31/01/2020", "hire_date"),
        ("Salario", "1", None),
        ("DNI", "1X", None),
        ("Cuenta bancaria", "ES00", None),
        ("Zona horaria", "Madrid", "time_zone"),
        ("Idiomas", "Español e inglés", "languages"),
        ("Teléfono", "+34 91 555 01", "phone"),
        ("Nivel", "N2", "grade"),
    ],
    "Google Workspace": [
        ("First Name [Required]", "Kofi", "first_name"),
        ("Last Name [Required]", "Asantewe", "last_name"),
        ("Email Address [Required]", "k@larkmoor.example", "email"),
        ("Password [Required]", "****", None),
        ("Recovery Email", "k@x.example", None),
        ("Home Phone", "+43 1", None),
        ("Work Phone", "+43 316 555", "phone"),
        ("Employee ID", "004182", "employee_number"),
        ("Manager Email", "p@larkmoor.example", "manager"),
        ("Employee Title", "Engineer", "job_title"),
        ("Department", "Networks", "department"),
    ],
    "Microsoft Entra": [
        ("userPrincipalName", "k@larkmoor.example", None),
        ("displayName", "Kofi Asantewe", "name"),
        ("surname", "Asantewe", "last_name"),
        ("mail", "k@larkmoor.example", "email"),
        ("givenName", "Kofi", "first_name"),
        ("jobTitle", "Engineer", "job_title"),
        ("department", "Networks", "department"),
        ("streetAddress", "Ring 1", None),
        ("physicalDeliveryOfficeName", "Graz", "location"),
        ("telephoneNumber", "+43 316 555", "phone"),
        ("employeeId", "17", "employee_number"),
        ("employeeHireDate", "2020-01-31T00:00:00Z", "hire_date"),
    ],
    "our own export": [
        ("name", "Kofi Asantewe", "name"),
        ("email", "k@larkmoor.example", "email"),
        ("employee_number", "1", "employee_number"),
        ("job_title", "Engineer", "job_title"),
        ("department", "Networks", "department"),
        ("location", "Graz", "location"),
        ("time_zone", "Europe/Vienna", "time_zone"),
        ("languages", "de; en", "languages"),
        ("manager_email", "p@larkmoor.example", "manager"),
        ("hire_date", "2020-01-31", "hire_date"),
        ("grade", "G5", "grade"),
    ],
    "a German spreadsheet": [
        ("Name", "Müßig", "last_name"),
        ("Vorname", "Anna", "first_name"),
        ("Dienstliche E-Mail (Pflichtfeld)", "a@larkmoor.example", "email"),
        ("Private E-Mail", "a@x.example", None),
        ("Pers.-Nr.", "0017", "employee_number"),
        ("Führungskraft (Name)", "Petra Vandelroux", None),
        ("Führungskraft Personalnummer", "0016", "manager"),
        ("Entgeltgruppe", "E9", None),
        ("Gehaltsgruppe", "E9", None),
        ("Eintritt", "31.01.2020", "hire_date"),
    ],
}


def columns(pairs: dict[str, list[str]]):
    """Recognise columns given as heading -> values."""
    lines = ["\t".join(pairs), *("\t".join(row) for row in zip(*pairs.values(), strict=True))]
    return {column.header: column for column in recognise_people(read_table("\n".join(lines).encode()))}


@pytest.mark.parametrize("system", EXPORTS)
def test_exports_are_recognised_without_help(system: str) -> None:
    found = columns({header: [value] for header, value, _ in EXPORTS[system]})
    assert {header: column.field for header, column in found.items()} == {
        header: field for header, _, field in EXPORTS[system]
    }
    unsure = {header for header, column in found.items() if column.confidence is Confidence.UNSURE and column.field}
    assert unsure <= {"Site"}


@pytest.mark.parametrize("field", PEOPLE_FIELDS, ids=lambda field: field.name)
def test_every_wording_is_recognised_as_its_field(field) -> None:
    values = {"email": "a@x.example", "manager": "a@x.example", "hire_date": "2020-01-31", "time_zone": "Europe/Vienna"}
    values |= {"languages": "English", "employee_number": "17", "phone": "+43 316 555", "grade": "G5"}
    shared = {"position", "team", "level", "supervisor", "rol", "función"}
    for wordings in field.wordings.values():
        for wording in wordings:
            found = columns({wording: [values.get(field.name, "Graz")], "x": ["?"]})[wording]
            if wording not in shared:
                assert (wording, found.field) == (wording, field.name)


def test_the_work_address_is_preferred_to_others() -> None:
    found = columns({"Private e-mail": ["a@x.example"], "E-mail": ["b@x.example"], "Work e-mail": ["c@x.example"]})
    assert found["Work e-mail"].field == "email" and found["Work e-mail"].confidence is Confidence.SURE
    assert found["E-mail"].confidence is Confidence.UNSURE and found["E-mail"].field is None
    assert found["E-mail"].reason.message == "“Work e-mail” is already read as the e-mail."
    assert found["Private e-mail"].confidence is Confidence.LEFT_OUT


def test_a_private_address_alone_is_unsure() -> None:
    found = columns({"Private e-mail": ["a@x.example"], "Name": ["Kofi"]})["Private e-mail"]
    assert (found.field, found.confidence, found.reason.code) == ("email", Confidence.UNSURE, "private_address")


def test_site_and_band_are_unsure_and_say_why() -> None:
    bands = ["4"] * 20 + ["5"] * 20 + ["S1"] * 3
    found = columns({"Site": ["Graz"] * 43, "Band": bands})
    assert found["Site"].field == "location" and found["Site"].reason.message == "Could also be the department."
    assert found["Band"].field == "grade"
    assert found["Band"].reason.message == "3 rows say S1, which is not like the others."
    assert columns({"Band": ["4", "5"], "x": ["", ""]})["Band"].reason.message == "Could also be a pay band."


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Salary group", "left_out_pay"),
        ("Gehaltsgruppe", "left_out_pay"),
        ("Stundenlohn", "left_out_pay"),
        ("Salario bruto", "left_out_pay"),
        ("Annual bonus", "left_out_pay"),
        ("Birthday", "left_out_private"),
        ("Geburtsdatum", "left_out_private"),
        ("Fecha de nacimiento", "left_out_private"),
        ("National ID", "left_out_private"),
        ("Sozialversicherungsnummer", "left_out_private"),
        ("IBAN", "left_out_private"),
        ("Home address", "left_out_private"),
        ("Anschrift", "left_out_private"),
        ("Gender", "left_out_private"),
        ("Religion", "left_out_private"),
        ("Emergency contact phone", "left_out_private"),
        ("Passwort", "left_out_secret"),
        ("Manager name", "left_out_manager_name"),
        ("Cost centre", "left_out_not_used"),
        ("Favourite colour", "left_out_unknown"),
    ],
)
def test_what_is_not_imported_says_why(header: str, code: str) -> None:
    found = columns({header: ["1"], "Name": ["Kofi"]})[header]
    assert (found.field, found.confidence, found.reason.code) == (None, Confidence.LEFT_OUT, code)


def test_pay_cannot_be_chosen_either() -> None:
    with pytest.raises(Exception, match="never import"):
        read_people(b"E-mail,Salary group\na@x.example,C3\n", {"Salary group": "grade"})


def test_a_heading_that_only_resembles_is_unsure_and_never_the_key() -> None:
    found = columns({"HR partner email": ["a@x.example"], "Primary work location of record": ["Graz"]})
    assert (found["HR partner email"].field, found["HR partner email"].candidate) == (None, "email")
    assert found["HR partner email"].confidence is Confidence.UNSURE
    assert found["Primary work location of record"].field == "location"
    assert found["Primary work location of record"].confidence is Confidence.UNSURE


def test_values_that_do_not_fit_make_a_column_unsure() -> None:
    found = columns({"Hire date": ["yes", "no", "2020-01-31"], "E-mail": ["none", "later", "x"]})
    assert found["Hire date"].reason.code == "values_do_not_fit"
    assert "2 of 3 values" in found["Hire date"].reason.message
    assert (found["E-mail"].field, found["E-mail"].candidate) == (None, "email")


def test_unknown_headings_with_telling_values_are_unsure() -> None:
    found = columns(
        {
            "Foo": ["Ana", "Bea", "Cia"],
            "Bar": ["a@x.example", "b@x.example", "c@x.example"],
            "Baz": ["Europe/Vienna", "Europe/Oslo", "Asia/Kolkata"],
            "Qux": ["AT", "DE", "ES"],
        }
    )
    assert [found[header].field for header in found] == [None, "email", "time_zone", None]
    assert found["Bar"].confidence is Confidence.UNSURE and found["Bar"].reason.code == "by_content"


def test_counts_of_a_long_file_say_that_they_are_of_its_first_rows() -> None:
    found = columns({"Band": ["S1"] * 3 + ["4"] * 1_500, "Start date": ["no"] * 1_503})
    assert found["Band"].reason.message == "3 of the first 1,000 rows say S1, which is not like the others."
    assert found["Start date"].reason.message.startswith("In the first 1,000 rows, 1000 of 1000 values are not")


def test_dates_that_could_be_swapped_make_the_column_unsure() -> None:
    found = columns({"Start date": ["03/04/2024", "05/06/2024"], "E-mail": ["a@x.example", "b@x.example"]})
    assert found["Start date"].confidence is Confidence.UNSURE
    assert found["Start date"].reason.code == "day_and_month"


def test_an_empty_column_gives_way_to_a_filled_one() -> None:
    found = columns({"Work e-mail": ["", ""], "E-mail": ["a@x.example", "b@x.example"]})
    assert (found["Work e-mail"].field, found["E-mail"].field) == (None, "email")


def test_no_message_ends_without_a_full_stop_or_exclaims() -> None:
    for code, message in MESSAGES.items():
        assert message.endswith((".", ":")) and "!" not in message, code
