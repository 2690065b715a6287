from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, PersonalData, Schedule, Subject


class JobsConfig(Subject):
    name = "wayfellow.jobs"
    label = "jobs"
    navigation = [Navigation(area="organisation", order=50, label=_("Health"), icon="activity", view="health")]
    schedule = [
        Schedule(name="clear_jobs", task="wayfellow.jobs.actions.clear_jobs_job", every=24 * 3600),
    ]
    personal_data = [
        PersonalData(
            model="jobs.Job",
            fields=("args", "kwargs"),
            export="wayfellow.jobs.personal.export_jobs",
            erase="wayfellow.jobs.personal.erase_jobs",
        ),
    ]
