"""Headings of people files, the most telling first, as HR systems and spreadsheets write them.

Gathered from exports of Workday, SAP SuccessFactors, BambooHR, Personio, HiBob, ADP, Factorial, Google Workspace and
Microsoft Entra. A line is a field, a language and headings; a field may have several lines in one language.
"""

_WORDINGS = """
name en: full name; name; display name; employee name; worker; worker name; legal name; employee; legal full name
name en: preferred full name; associate name; member name; payroll name; cn; surname, first name
name en: last name, first name; first and last name; name (last, first); last name first name; first name last name
name en: first name and surname; common name
name de: vollständiger name; mitarbeitername; name des mitarbeiters; anzeigename; mitarbeiter; nachname, vorname
name de: name, vorname; vor- und nachname; vorname nachname; mitarbeitende; gesamtname; vorname und nachname
name de: name vorname; vorname name; vorname, name; mitarbeiter:in; mitarbeiter/in
name es: nombre completo; nombre y apellidos; apellidos y nombre; apellidos, nombre; nombre del empleado; empleado
name es: nombre apellidos; nombre para mostrar; trabajador; apellidos nombre; nombre empleado
first_name en: first name; given name; firstname; forename; legal first name; preferred first name
first_name de: vorname; vornamen; rufname
first_name es: nombre de pila; primer nombre; nombres
last_name en: last name; surname; family name; lastname; legal last name; preferred last name; sn
last_name de: nachname; familienname; zuname
last_name es: apellidos; apellido; primer apellido
email en: work e-mail; work e-mail address; business e-mail; company e-mail; corporate e-mail; primary work e-mail
email en: e-mail primary work; office e-mail; work contact work e-mail; business e-mail information e-mail address
email en: email; e-mail address; primary e-mail; mail; employee e-mail; user e-mail; primary e-mail address
email en: user principal name; upn; login e-mail
email de: dienstliche e-mail; geschäftliche e-mail; e-mail geschäftlich; e-mail dienstlich; firmen e-mail
email de: dienstliche e-mail-adresse; geschäftliche e-mail-adresse; e-mail-adresse; arbeits-e-mail; e-mail
email de: e-mail arbeit; mailadresse; berufliche e-mail
email es: correo electrónico del trabajo; correo electrónico corporativo; correo corporativo; email corporativo
email es: correo de empresa; email de empresa; correo electrónico laboral; correo laboral; email de trabajo
email es: correo del trabajo; correo electrónico; correo; dirección de correo electrónico; e-mail
email es: correo profesional; email profesional; dirección de correo; email laboral
employee_number en: employee number; employee no; employee #; employee id; emp no; emp id; personnel number
employee_number en: personnel no; personnel id; staff number; staff no; staff id; worker id; worker number
employee_number en: associate id; employee id in company; workday id; payroll number; person number; user id; eeid
employee_number en: ee id; file number; employee code; person id; person id external; pernr; id number
employee_number de: personalnummer; personal-nr; personalnr; pers nr; mitarbeiternummer; mitarbeiter-nr; ma-nr
employee_number de: mitarbeiter-id; personal-id; stammnummer; pers.-nr; persnr; personalnummer id; ma nummer
employee_number es: número de empleado; nº empleado; nº de empleado; núm. empleado; código de empleado; id empleado
employee_number es: número de personal; id de empleado; número de trabajador; matrícula; legajo; código empleado
employee_number es: identificador de empleado; num empleado; nº de personal; numero empleado
job_title en: job title; title; business title; position title; position; employee title; job; role; job profile
job_title en: occupation; designation; job title description; job name; work title
job_title de: stellenbezeichnung; berufsbezeichnung; jobtitel; funktion; stelle; tätigkeit; position
job_title de: funktionsbezeichnung; titel der stelle; planstelle; rolle; job titel; positionsbezeichnung
job_title es: puesto; puesto de trabajo; cargo; título del puesto; posición; función; rol; ocupación
department en: department; business line; department name; business unit; org unit; organisational unit
department en: organizational unit; organization unit; division; supervisory organization; dept; team
department en: home department; home department description; business unit description; function; unit; area
department en: org unit path; organisation unit; dept name; group name
department de: abteilung; fachbereich; bereich; organisationseinheit; geschäftsbereich; team; orgeinheit
department de: abteilungsname; ressort; sparte; org einheit; geschäftsfeld; sachgebiet
department es: departamento; área; unidad de negocio; unidad organizativa; división; equipo; sección
department es: línea de negocio; nombre del departamento
location en: location; office location; work location; office; workplace; location name; base location
location en: physical delivery office name; location description; place of work; work site; city
location de: standort; arbeitsort; dienstort; büro; arbeitsstätte; einsatzort; niederlassung; ort; betriebsstätte
location de: bürostandort; filiale; stadt; dienststelle
location es: ubicación; lugar de trabajo; centro de trabajo; oficina; sede; localización; ciudad; emplazamiento
location es: ubicación de la oficina; delegación
time_zone en: time zone; timezone; tz; time zone id; user time zone; preferred time zone
time_zone de: zeitzone
time_zone es: zona horaria; huso horario; uso horario
languages en: languages; language; languages spoken; spoken languages; language skills; speaks
languages de: sprachen; sprache; sprachkenntnisse; gesprochene sprachen; fremdsprachen
languages es: idiomas; idioma; lenguas; idiomas hablados; lengua
manager en: manager email; manager e-mail address; manager id; manager employee id; manager employee number
manager en: manager number; manager no; mgr id; mgr email; mgr no; manager; supervisor id; supervisor email
manager en: supervisor; reports to email; reports to id; reports to; reporting to; reports to associate id
manager en: line manager email; line manager id; line manager; worker's manager; manager user id; direct manager
manager en: reports to employee id; supervisor number; manager employee no; line manager employee number
manager en: manager work e-mail; supervisor eeid; supervisor employee number; line manager e-mail address
manager en: manager personnel number; manager personnel no; manager worker id
manager de: e-mail des vorgesetzten; vorgesetzter e-mail; vorgesetzte e-mail; e-mail vorgesetzter; vorgesetzter
manager de: personalnummer des vorgesetzten; vorgesetzter personalnummer; personalnummer vorgesetzter
manager de: führungskraft e-mail; e-mail führungskraft; führungskraft personalnummer; führungskraft-id
manager de: personalnummer führungskraft; führungskraft; vorgesetzte/r; vorgesetzten-id; vorgesetzter id
manager de: vorgesetzte; vorgesetzten-nr; vorgesetztennummer; e-mail der führungskraft; vorgesetzte person
manager de: personalnummer der führungskraft; direkter vorgesetzter; berichtet an; manager e-mail; leitung
manager es: correo del responsable; email del responsable; correo electrónico del responsable; responsable
manager es: número de empleado del responsable; id del responsable; correo del supervisor; supervisor
manager es: email del manager; correo del manager; id del manager; jefe; superior; jefe directo; correo del jefe
manager es: email del jefe; responsable directo; reporta a; id responsable; email responsable; correo responsable
manager es: nº empleado responsable; email del supervisor
hire_date en: hire date; start date; date of hire; employment start date; joining date; date joined; date of joining
hire_date en: original hire date; employee hire date; entry date; join date; hired on; most recent hire date
hire_date en: latest hire date; continuous service date; seniority date; first day
hire_date de: eintrittsdatum; einstellungsdatum; eintritt; startdatum; beginn; vertragsbeginn; beschäftigt seit
hire_date de: datum eintritt; erster arbeitstag; eintritt am; einstellung; dienstantritt; dienstbeginn
hire_date es: fecha de alta; fecha de contratación; fecha de incorporación; fecha de inicio; fecha de ingreso
hire_date es: fecha contratación; fecha de antigüedad; antigüedad; fecha alta; inicio del contrato
grade en: grade; job grade; job level; level; management level; seniority; career level; grade level
grade de: stufe; karrierestufe; ebene; level; hierarchiestufe; führungsebene; laufbahnstufe; rang
grade es: grado; nivel; nivel profesional; categoría; nivel jerárquico; categoría profesional
phone en: work phone; business phone; phone; phone number; telephone; telephone number; office phone
phone en: work phone number; biz phone; primary work phone; mobile phone; mobile; mobile number; cell phone
phone en: work mobile; cell; business phones; extension
phone de: telefon geschäftlich; diensttelefon; telefon; telefonnummer; durchwahl; handy; mobil
phone de: geschäftliche telefonnummer; telefon dienstlich; handynummer; mobiltelefon; mobilnummer; tel
phone es: teléfono del trabajo; teléfono de empresa; teléfono; número de teléfono; móvil; teléfono móvil
phone es: teléfono corporativo; extensión; celular
"""


def wordings(field: str) -> dict[str, tuple[str, ...]]:
    """The headings of one field by language."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _WORDINGS.strip().splitlines():
        place, _, listed = line.partition(": ")
        name, language = place.split()
        if name == field:
            found[language] = found.get(language, ()) + tuple(listed.split("; "))
    return found
