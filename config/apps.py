from django.contrib.admin.apps import AdminConfig


class SolosAdminConfig(AdminConfig):
    """Django's admin, with our own front page and order of things."""

    default_site = "config.admin_site.SolosAdminSite"
