"""HTML to PDF by WeasyPrint, which reaches nothing but our own static files."""

from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from PIL import ImageFile
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

# The library lets the whole process open pictures cut short: `images` refuses those that are sent.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# How a sheet names one of our static files: the only addresses that open.
OURS = "static:"


class OurFilesOnly(URLFetcher):  # type: ignore[misc]  # the library has no types
    """The one door out of a sheet: what it refuses is left out, and logged by the library."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        found = finders.find(url.removeprefix(OURS)) if url.startswith(OURS) else None
        if found is None:
            raise ValueError(f"Not one of our own files: {url}")
        kind, _coding = guess_type(found)
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})


def weave(text: str) -> bytes:
    drawn: bytes = HTML(string=text, url_fetcher=OurFilesOnly()).write_pdf(pdf_variant="pdf/ua-1")
    return drawn
