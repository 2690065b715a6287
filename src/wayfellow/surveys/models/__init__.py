from wayfellow.surveys.models.surveys import SurveyAnswer, SurveyChoice, SurveyInvitation

__all__ = ["SurveyAnswer", "SurveyChoice", "SurveyInvitation"]
