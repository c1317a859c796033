"""The filters that the reader keeps: above their list, and on the first page of the back-office."""

from typing import Any

from django import template
from django.template.context import RequestContext

from comptes.domain.saved_filters import clean_query, filters_of
from comptes.models import SavedFilter
from comptes.web.office_lists import list_address, lists_open_to

register = template.Library()


@register.inclusion_tag("admin/saved_filters.html", takes_context=True)
def saved_filters(context: RequestContext) -> dict[str, Any]:
    """Those of the list that is shown, and what may be done with what it shows now."""
    request, opts = context["request"], context["opts"]
    saved = list(filters_of(user=request.user, model=opts.label_lower))
    query = clean_query(request.GET.urlencode())
    return {
        "saved": saved,
        "query": query,
        "current": next((one for one in saved if one.query == query), None),
        "model": opts.label_lower,
    }


@register.simple_tag(takes_context=True)
def my_filters(context: RequestContext) -> list[tuple[str, list[tuple[SavedFilter, str]]]]:
    """List by list, each with its address; without the lists that are closed to the reader now."""
    request = context["request"]
    lists = lists_open_to(request)
    found: dict[str, list[tuple[SavedFilter, str]]] = {}
    for saved in SavedFilter.objects.filter(user=request.user):
        if options := lists.get(saved.model):
            name = str(options.opts.verbose_name_plural)
            found.setdefault(name, []).append((saved, list_address(options, saved.query)))
    return list(found.items())
