"""Query parameters: a partner's typo is told, never ignored."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError


def refuse_unknown(asked: QueryDict, known: Iterable[str]) -> None:
    """Refuse a parameter that the address does not have, or given twice."""
    names = sorted(known)
    for name, values in asked.lists():
        if name not in names:
            raise ValidationError(
                {
                    name: _("Ce paramètre n’existe pas ici. Ceux qui existent : %(names)s.")
                    % {"names": ", ".join(names)}
                }
            )
        if len(values) > 1:
            raise ValidationError({name: _("Ce paramètre est donné plusieurs fois.")})
