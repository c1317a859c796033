from secrets import token_urlsafe

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jetons.web.once import FIELD

register = template.Library()


@register.simple_tag
def request_key() -> SafeString:
    """A fresh key in a form: sent twice, it is carried out once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, token_urlsafe(18))
