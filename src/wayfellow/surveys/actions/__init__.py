from wayfellow.surveys.actions.answering import answer_survey, answer_survey_from_mail
from wayfellow.surveys.actions.asking import ask_pulses, ask_pulses_job, remind_of_surveys
from wayfellow.surveys.actions.choosing import choose_surveys

__all__ = [
    "answer_survey",
    "answer_survey_from_mail",
    "ask_pulses",
    "ask_pulses_job",
    "choose_surveys",
    "remind_of_surveys",
]
