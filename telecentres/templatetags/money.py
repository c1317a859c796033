from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def euros(amount: Decimal) -> str:
    """Cents included, and a true minus sign, as wide as a figure."""
    return f"{number_format(amount, 2)}\N{NO-BREAK SPACE}€".replace("-", "\N{MINUS SIGN}")
