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
    path("o/<slug:organisation>/goals/<int:goal_id>/sharing/", views.goal_sharing, name="goal_sharing"),
    path("o/<slug:organisation>/goals/<int:goal_id>/share/<int:pk>/", views.share_goal, name="share_goal"),
    path(
        "o/<slug:organisation>/goals/<int:goal_id>/share/<int:pk>/stop",
        views.stop_sharing_goal,
        name="stop_sharing_goal",
    ),
    path("o/<slug:organisation>/relationships/<int:pk>/goals/", views.goals_together, name="goals_together"),
    path("o/<slug:organisation>/relationships/<int:pk>/commitments/", views.commitments, name="commitments"),
    path("o/<slug:organisation>/relationships/<int:pk>/commitments/add", views.add_commitment, name="add_commitment"),
    path("o/<slug:organisation>/commitments/", views.my_commitments, name="my_commitments"),
    path("o/<slug:organisation>/commitments/<int:pk>/agree", views.agree_to_commitment, name="agree_to_commitment"),
    path("o/<slug:organisation>/commitments/<int:pk>/tick", views.tick_commitment, name="tick_commitment"),
    path("o/<slug:organisation>/commitments/<int:pk>/move/", views.move_commitment, name="move_commitment"),
    path("o/<slug:organisation>/commitments/<int:pk>/drop", views.drop_commitment, name="drop_commitment"),
    path("o/<slug:organisation>/commitments/<int:pk>/undo", views.undo_commitment, name="undo_commitment"),
]
