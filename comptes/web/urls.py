"""The way in, and what one's account holds. Names are the library's, addresses are French."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from comptes.web.access import members_only, uncached_page
from comptes.web.email_change_views import ask_change, confirm_change
from comptes.web.invitation_views import invitation
from comptes.web.limits import CODE_NETWORK, MAIL_FROM_NETWORK, PASSWORD_AGAIN
from comptes.web.name_views import own_name
from comptes.web.session_views import sign_out, sign_out_everywhere
from jetons.web.limits import limited

urlpatterns = [
    path("connexion/", uncached_page(account.login), name="account_login"),
    path(
        "connexion/code/",
        uncached_page(limited(MAIL_FROM_NETWORK)(account.request_login_code)),
        name="account_request_login_code",
    ),
    path(
        "connexion/code/saisie/",
        uncached_page(limited(CODE_NETWORK)(account.confirm_login_code)),
        name="account_confirm_login_code",
    ),
    path(
        "connexion/second-facteur/",
        uncached_page(limited(CODE_NETWORK)(second_factor.authenticate)),
        name="mfa_authenticate",
    ),
    path("deconnexion/", sign_out, name="account_logout"),
    path("deconnexion/partout/", sign_out_everywhere, name="sign-out-everywhere"),
    path(
        "inscription/",
        uncached_page(limited(MAIL_FROM_NETWORK)(account.signup)),
        name="account_signup",
    ),
    path(
        "inscription/code/",
        uncached_page(limited(CODE_NETWORK)(account.email_verification_sent)),
        name="account_email_verification_sent",
    ),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("suspendu/", uncached_page(account.account_inactive), name="account_inactive"),
    path(
        "mot-de-passe/oublie/",
        uncached_page(limited(MAIL_FROM_NETWORK)(account.password_reset)),
        name="account_reset_password",
    ),
    path(
        "mot-de-passe/oublie/code/",
        uncached_page(limited(CODE_NETWORK)(account.confirm_password_reset_code)),
        name="account_confirm_password_reset_code",
    ),
    path(
        "mot-de-passe/oublie/nouveau/",
        uncached_page(account.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "mot-de-passe/oublie/fait/",
        uncached_page(account.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
    path(
        "mot-de-passe/",
        members_only(limited(PASSWORD_AGAIN)(account.password_change)),
        name="account_change_password",
    ),
    path("mot-de-passe/choix/", members_only(account.password_set), name="account_set_password"),
    path(
        "confirmation/",
        members_only(limited(PASSWORD_AGAIN)(account.reauthenticate)),
        name="account_reauthenticate",
    ),
    path("nom/", own_name, name="own-name"),
    path("adresse/", ask_change, name="account_email"),
    path("adresse/<str:side>/<str:token>/", confirm_change, name="confirm-email-change"),
    path("second-facteur/", members_only(second_factor.index), name="mfa_index"),
    path(
        "second-facteur/confirmation/",
        members_only(limited(CODE_NETWORK)(second_factor.reauthenticate)),
        name="mfa_reauthenticate",
    ),
    path("second-facteur/activer/", members_only(totp.activate_totp), name="mfa_activate_totp"),
    path("second-facteur/retirer/", members_only(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-facteur/codes/",
        members_only(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-facteur/codes/nouveaux/",
        members_only(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-facteur/codes/fichier/",
        members_only(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
