from django.urls import path

from solos.web import members_views, own_views

PAGES = [
    ("", own_views.edit, "own-profile"),
    ("apercu/", own_views.preview, "own-profile-preview"),
    ("publier/", own_views.publish, "own-profile-publish"),
    ("confirmer/", own_views.confirm, "own-profile-confirm"),
    ("masquer/", own_views.hide, "own-profile-hide"),
    ("retirer/", own_views.leave, "own-profile-leave"),
]

urlpatterns = [
    path("ma-fiche/", own_views.link_again, name="own-profile-link"),
    *[
        path(f"ma-fiche/<str:token>/{route}", own_views.by_link(view), name=f"{name}-by-link")
        for route, view, name in PAGES
    ],
    path("espace/annuaire/", members_views.members, name="members"),
    path("espace/annuaire/<slug:slug>/", members_views.member, name="member"),
    *[
        path(f"espace/ma-fiche/{route}", own_views.by_account(view), name=name)
        for route, view, name in PAGES
    ],
]
