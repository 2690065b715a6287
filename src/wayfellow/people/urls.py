from django.urls import path, re_path

from wayfellow.people.views import account, administration, forgotten, front, joining, roles, sign_in
from wayfellow.people.views import settings as settings_views

# Names beginning with "account_" are those by which django-allauth finds our pages.
outside = [
    path("", front.front, name="front"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/", sign_in.sign_in, name="account_request_login_code"),
    path("sign-in/", sign_in.sign_in, name="request_code"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("sign-in/code/", sign_in.confirm_code, name="confirm_code"),
    path("sign-in/password/", sign_in.sign_in_with_password, name="sign_in_with_password"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("password/", sign_in.set_password, name="account_set_password"),
    path("password/", sign_in.set_password, name="set_password"),
    path("password/change/", sign_in.change_password, name="account_change_password"),
    path("password/change/", sign_in.change_password, name="change_password"),
    path("password/reset/", sign_in.reset_password, name="account_reset_password"),
    path("password/reset/", sign_in.reset_password, name="reset_password"),
    path("password/reset/sent/", sign_in.reset_password_sent, name="account_reset_password_done"),
    path("password/reset/sent/", sign_in.reset_password_sent, name="reset_password_sent"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        sign_in.reset_password_from_mail,
        name="account_reset_password_from_key",
    ),
    path("account/inactive/", sign_in.account_inactive, name="account_inactive"),
    path("forgotten/", forgotten.forgotten, name="forgotten"),
    path("welcome/<str:token>/", joining.welcome, name="welcome"),
    path("join/", front.join_where, name="account_signup"),
    path("join/", front.join_where, name="join_where"),
    path("join/<str:token>/", joining.join, name="join"),
    path("join/by-mail/<str:token>/", joining.join_with_email_page, name="join_with_email"),
]

inside = [
    path("welcome/", front.landing, name="landing"),
    path("join/", front.ask_to_join_page, name="ask_to_join"),
    path("accent.css", settings_views.accent_css, name="accent_css"),
    path("logo.png", settings_views.logo, name="logo"),
    path("account/", account.account, name="account"),
    path("account/data/", account.take_data_away, name="take_data_away"),
    path("account/address/", account.use_address, name="use_address"),
    path("account/leave/", account.leave_organisation, name="leave_organisation"),
    path("account/forget/", account.forget_me, name="forget_me"),
    path("conduct/", account.conduct, name="conduct"),
    path("conduct/accept/", account.accept_conduct_page, name="accept_conduct"),
    path("who-can-see-what/", account.who_can_see, name="who_can_see"),
    path("settings/", settings_views.organisation_settings, name="organisation_settings"),
    path("people/", administration.people, name="people"),
    path("people/export/", administration.export_people, name="export_people"),
    path("people/chosen/", administration.act_on_people, name="act_on_people"),
    path("people/invite/", administration.invite, name="invite_people"),
    path("people/waiting/", administration.join_requests, name="join_requests"),
    path("people/waiting/<int:pk>/yes/", administration.approve_join_request, name="approve_join_request"),
    path("people/waiting/<int:pk>/no/", administration.refuse_join_request, name="refuse_join_request"),
    path("people/invitations/<int:pk>/withdraw/", administration.withdraw_invitation, name="withdraw_invitation"),
    path("people/<int:pk>/", administration.member_admin, name="member_admin"),
    path("people/<int:pk>/invite/", administration.invite_again, name="invite_again"),
    path("people/<int:pk>/administrator/", roles.make_administrator, name="make_administrator"),
    path("people/<int:pk>/administrator/end/", roles.unmake_administrator, name="unmake_administrator"),
    path("people/<int:pk>/safeguarding/", roles.make_safeguarding_lead, name="make_safeguarding_lead"),
    path("people/<int:pk>/safeguarding/end/", roles.unmake_safeguarding_lead, name="unmake_safeguarding_lead"),
    path("people/<int:pk>/close/", roles.close_member, name="close_member"),
    path("people/<int:pk>/reopen/", roles.reopen_member, name="reopen_member"),
]

urlpatterns = outside + [
    path(f"o/<slug:organisation>/{entry.pattern}", entry.callback, name=entry.name) for entry in inside
]
