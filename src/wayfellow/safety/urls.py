from django.urls import include, path

from wayfellow.safety.views import blocks, desk, reports, terms

urlpatterns = [
    path(
        "o/<slug:organisation>/",
        include(
            [
                path("report/", reports.report_concern, name="report_concern"),
                path("report/<int:pk>/", reports.my_concern, name="my_concern"),
                path("reports/", desk.concerns, name="concerns"),
                path("reports/<int:pk>/", desk.concern, name="concern"),
                path("reports/<int:pk>/take-up", desk.take_up_concern, name="take_up_concern"),
                path("reports/<int:pk>/close", desk.close_concern, name="close_concern"),
                path("reports/terms", terms.report_terms, name="report_terms"),
                path("blocks/", blocks.my_blocks, name="my_blocks"),
                path("blocks/<int:pk>/block", blocks.block_member, name="block_member"),
                path("blocks/<int:pk>/unblock", blocks.unblock_member, name="unblock_member"),
            ]
        ),
    ),
]
