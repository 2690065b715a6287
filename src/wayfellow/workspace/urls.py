from django.urls import include, path

from wayfellow.workspace.views import health, home, lists, overview, readers, relationship

urlpatterns = [
    path(
        "o/<slug:organisation>/",
        include(
            [
                path("", home.home, name="home"),
                path("relationships/<int:pk>/", relationship.relationship, name="relationship"),
                path("relationships/<int:pk>/readers/", readers.who_can_read, name="who_can_read"),
                path("relationships/<int:pk>/readers/export", readers.export_who_can_read, name="export_who_can_read"),
                path("network/", overview.overview, name="overview"),
                path("relationships/<int:pk>/health/", health.how_it_goes, name="how_it_goes"),
                path("network/health/", health.programme_health, name="programme_health"),
                path("network/health/<int:pk>/", health.relationship_health, name="relationship_health"),
                path("network/people/", lists.programme_people, name="programme_people"),
                path("network/skills/", lists.places_by_skill, name="places_by_skill"),
                path("network/requests/", lists.waiting_requests, name="waiting_requests"),
                path("network/words/", lists.need_a_word, name="need_a_word"),
                path("network/groups/", lists.fair_to_everyone, name="fair_to_everyone"),
            ]
        ),
    ),
]
