from django.urls import path

from wayfellow.goals import views

urlpatterns = [
    path("o/<slug:organisation>/goals/", views.goals, name="goals"),
    path("o/<slug:organisation>/goals/start", views.start_goal, name="start_goal"),
    path("o/<slug:organisation>/goals/<int:goal_id>/", views.goal, name="goal"),
    path("o/<slug:organisation>/goals/<int:goal_id>/step/<int:step>/", views.goal_step, name="goal_step"),
    path("o/<slug:organisation>/goals/<int:goal_id>/main", views.make_main_goal, name="make_main_goal"),
    path("o/<slug:organisation>/goals/<int:goal_id>/close/", views.close_goal, name="close_goal"),
    path("o/<slug:organisation>/goals/<int:goal_id>/reopen", views.reopen_goal, name="reopen_goal"),
    path("o/<slug:organisation>/goals/<int:goal_id>/delete/", views.delete_goal, name="delete_goal"),
]
