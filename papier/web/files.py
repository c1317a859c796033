"""A sheet that is answered as a file."""

from django.http import HttpResponse
from django.utils.text import slugify

from papier.domain.sheets import Sheet, draw_sheet


def sheet_file(sheet: Sheet) -> HttpResponse:
    """A PDF to keep; who may have it is the view's to say."""
    response = HttpResponse(draw_sheet(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slugify(sheet.name)}.pdf"'
    return response
