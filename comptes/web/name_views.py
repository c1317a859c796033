"""What an account is called, and in which language it is written to."""

from typing import Any, cast

from django import forms
from django.contrib.auth.views import RedirectURLMixin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.generic import UpdateView

from comptes.models import User
from comptes.web.access import members_only


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["first_name", "last_name", "language"]
        labels = {"language": _("Langue de nos e-mails")}
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "given-name"}),
            "last_name": forms.TextInput({"autocomplete": "family-name"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True


class OwnName(RedirectURLMixin, UpdateView):  # type: ignore[type-arg]
    """Then back to where it was asked for."""

    form_class = NameForm
    template_name = "comptes/own_name.html"
    next_page = "members-space"

    def get_object(self, queryset: "QuerySet[User] | None" = None) -> User:
        # Itself: the request's is a stand-in, which a refused form would have renamed.
        return User.objects.get(pk=cast("User", self.request.user).pk)


own_name = members_only(OwnName.as_view())
