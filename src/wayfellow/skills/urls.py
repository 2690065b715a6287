from django.urls import include, path

from wayfellow.skills.views import management, taxonomy

urlpatterns = [
    path(
        "o/<slug:organisation>/",
        include(
            [
                path("skills/", taxonomy.skills, name="skills"),
                path("skills/<slug:key>/", taxonomy.skill, name="skill"),
                path("my-skills/", taxonomy.edit_my_skills, name="edit_my_skills"),
                path("my-skills/suggest/", taxonomy.suggest_skills, name="suggest_skills"),
                path("manage/skills/", management.manage_skills, name="manage_skills"),
                path("manage/skills/export/", management.export_skills, name="export_skills"),
                path("manage/skills/add/", management.add_skill, name="add_skill"),
                path("manage/skills/<slug:key>/", management.change_skill, name="change_skill"),
                path("manage/skills/<slug:key>/retire/", management.retire_skill, name="retire_skill"),
                path("manage/skills/<slug:key>/restore/", management.restore_skill, name="restore_skill"),
            ]
        ),
    ),
]
