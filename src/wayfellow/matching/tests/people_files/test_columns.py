"""Columns of mentoring sheets, recognised by heading in several languages, and by what stands in them."""

import pytest

from wayfellow.matching.people_files.fields import recognise, why_not_group
from wayfellow.tables.errors import TableError
from wayfellow.tables.reading import read_table

REST = (
    *("email", "role", "manager", "skills_offered", "skills_wanted", "goals", "languages", "time_zone"),
    *("availability", "capacity", "minimum", "wants", "department", "site", "trained"),
)
SHEETS = {
    "English": """
Name | Email | Role | Manager | Skills offered | Skills wanted | Goals | Languages | Time zone
Availability | Capacity | Minimum | Mentors wanted | Department | Site | Training done
Ana B | a@x.example | mentor | b@x.example | SQL | Go | Lead | en | Europe/Vienna
Mon 9-12 | 2 | 1 | 1 | Sales | Porto | yes""",
    "German": """
Vorname | Nachname | E-Mail | Rolle | Vorgesetzter | Biete | Suche | Ziele | Sprachen | Zeitzone
Verfügbarkeit | Plätze | Mindestens | Gewünschte Mentoren | Abteilung | Standort | Schulung absolviert
Ana | B | a@x.example | Mentorin | b@x.example | SQL | Go | Führen | Deutsch | Europe/Vienna
Mo 9-12 | 2 | 1 | 1 | Vertrieb | Porto | ja""",
    "Spanish": """
Nombre | Apellidos | Correo electrónico | Rol | Responsable | Ofrece | Busca | Objetivos | Idiomas | Zona horaria
Disponibilidad | Plazas | Mínimo | Mentores deseados | Departamento | Sede | Formación
Ana | B | a@x.example | Mentora | b@x.example | SQL | Go | Dirigir | Español | Europe/Madrid
lunes 9-12 | 2 | 1 | 1 | Ventas | Porto | sí""",
    "French": """
Prénom | Nom | Courriel | Rôle | Responsable | Compétences offertes | Compétences recherchées | Objectifs | Langues
Fuseau horaire | Disponibilité | Capacité | Au moins | Mentors souhaités | Service | Ville | Formation
Ana | B | a@x.example | mentor | b@x.example | SQL | Go | Diriger | Anglais
Europe/Paris | lundi 9-12 | 2 | 1 | 1 | Ventes | Porto | oui""",
    "Portuguese": """
Nome | E-mail | Papel | Gestor | Competências oferecidas | Competências desejadas | Objetivos | Línguas | Fuso horário
Disponibilidade | Vagas | Mínimo | Mentores desejados | Departamento | Cidade | Formação concluída
Ana B | a@x.example | mentor | b@x.example | SQL | Go | Liderar | Português | Europe/Lisbon
segunda 9-12 | 2 | 1 | 1 | Vendas | Porto | sim""",
}


def fields(text, mapping=None):
    table = read_table(text.encode(), "people.csv")
    return {column.header: column.field for column in recognise(table, mapping or {})}


@pytest.mark.parametrize("language", SHEETS)
def test_every_column_is_recognised(language):
    first, second, third, fourth = SHEETS[language].strip().splitlines()
    text = "\n".join(f"{one} | {other}".replace(" | ", ";") for one, other in ((first, second), (third, fourth)))
    found = tuple(fields(text).values())
    names = ("first_name", "last_name") if len(found) == 17 else ("name",)
    assert found == (*names, *REST)


def test_a_form_asks_in_sentences():
    found = fields(
        "Your full name,Role,How many mentees can you take?,Which skills can you offer?,"
        "Which skills do you want to learn?,What do you want from this?,When are you available?\n"
        "Ana,both,2,SQL,Go,Fun,Mon 9-12\n"
    )
    assert list(found.values()) == ["name", "role", "capacity", "skills_offered", "skills_wanted", None, "availability"]


QUESTIONS = {
    "What would you like to learn from your mentor?": "skills_wanted",
    "Areas you would like to develop": "skills_wanted",
    "Topics I want help with": "skills_wanted",
    "How can a mentor help you?": "skills_wanted",
    "Wobei kann dir jemand helfen? Womit können wir dich unterstützen?": "skills_wanted",
    "What can you offer as a mentor?": "skills_offered",
    "Topics I can mentor on": "skills_offered",
    "Would you like to be a mentor or a mentee?": "role",
    "What do you hope to gain from mentoring?": "goals",
    "Ich möchte lernen": "skills_wanted",
    "Kann anbieten": "skills_offered",
    "Bei welchen Themen kannst du unterstützen?": "skills_offered",
    "Wann hast du Zeit?": "availability",
    "E-Mail-Adresse (dienstlich)": "email",
    "¿Qué te gustaría aprender?": "skills_wanted",
    "¿En qué puedes ayudar?": "skills_offered",
    "Que souhaitez-vous apprendre ?": "skills_wanted",
    "Compétences à partager": "skills_offered",
    "Je souhaite être": "role",
    "Nombre max. de mentorés": "capacity",
    "O que você quer aprender?": "skills_wanted",
    "Posso ensinar": "skills_offered",
    "Quantos mentorados você pode acompanhar?": "capacity",
}
ANSWERS = {"role": "Mentor", "capacity": "2", "availability": "Mon 9-12", "email": "a@x.example"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_of_forms(question):
    field = QUESTIONS[question]
    assert fields(f'Employee ID;"{question}"\nE1;{ANSWERS.get(field, "SQL")}\n')[question] == field


@pytest.mark.parametrize("question", ["E-Mail-Adresse (privat)", "Do you have a disability that we can help with?"])
def test_no_question_opens_a_private_column(question):
    assert fields(f"Employee ID;{question}\nE1;a@x.example\n")[question] is None


def test_a_question_of_yes_or_no_is_no_list_of_skills():
    question = "Can you help with the welcome event?"
    assert fields(f"Employee ID;{question}\nE1;yes\nE2;no\n")[question] is None


def test_role_that_holds_job_titles_is_the_job_title():
    assert fields("Name,Role,Programme role\nAna,Engineer,mentor\n") == {
        "Name": "name",
        "Role": "job_title",
        "Programme role": "role",
    }


def test_numbers_in_words_stay_in_their_column_so_that_they_are_reported():
    assert fields("Name,Capacity\nAna,two\nBo,three\n")["Capacity"] == "capacity"


def test_skills_are_what_the_other_side_leaves_over():
    assert fields("Name,Skills\nAna,SQL\n")["Skills"] == "skills"
    assert fields("Name,Skills,Skills wanted\nAna,SQL,Go\n")["Skills"] == "skills_offered"


def test_a_chosen_column_takes_the_field_from_another():
    found = fields("Name,Role,Team role\nAna,mentor,mentee\n", {"Team role": "role", "Name": None})
    assert found == {"Name": None, "Role": None, "Team role": "role"}


def test_two_columns_for_one_field():
    with pytest.raises(TableError, match="both to be read"):
        fields("Name,A,B\nAna,x,y\n", {"A": "goals", "B": "goals"})


@pytest.mark.parametrize("heading", ["Salary", "Gender", "Date of birth", "Gehalt"])
def test_private_columns_are_never_read(heading):
    assert fields(f"Name,Role,{heading}\nAna,mentor,3\n")[heading] is None
    with pytest.raises(TableError):
        fields(f"Name,Role,{heading}\nAna,mentor,3\n", {heading: "goals"})


def test_private_columns_may_be_reported_on_and_never_compared():
    assert why_not_group("Gender", compared=False) is None
    assert why_not_group("Gender", compared=True)
    assert why_not_group("Salary", compared=False)
