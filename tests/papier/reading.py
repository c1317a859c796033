"""What a PDF says, as a reader of text finds it."""

from io import BytesIO

from pypdf import PdfReader


def reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def lines(content: bytes) -> list[str]:
    """Every page's, from top to bottom; a no-break space reads as a space."""
    text = "\n".join(page.extract_text() for page in reader(content).pages)
    return [line.strip() for line in text.replace("\xa0", " ").splitlines() if line.strip()]
