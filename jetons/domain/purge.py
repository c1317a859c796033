"""Forget what was spent long ago."""

from jetons.models import Allowance, PersonalLink, RequestKey


def forget_outlived() -> int:
    """Delete links, keys and allowances that nobody can need any more; returns how many."""
    return sum(
        model.objects.outlived().delete()[0] for model in (PersonalLink, RequestKey, Allowance)
    )
