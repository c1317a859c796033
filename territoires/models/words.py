"""The words of a row that a search looks for."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


def searched_words(*columns: str) -> models.GeneratedField:
    """Those of some of its own columns, in French without accents, kept by the database."""
    return models.GeneratedField(
        expression=SearchVector(*columns, config="french_unaccent"),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name=_("mots cherchés"),
    )
