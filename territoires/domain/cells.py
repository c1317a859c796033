"""What a cell says, so that no spreadsheet program runs it."""

# What a spreadsheet program takes for the start of a formula, or skips before looking for one.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet program could run `text`; apostrophes in front don't count."""
    bare = text.lstrip("'")
    return bare.startswith(FORMULA_STARTS) or bare.strip().startswith(FORMULA_STARTS)


def escaped(text: str) -> str:
    """The text with an apostrophe in front where it could be run: shown as text everywhere."""
    return f"'{text}" if is_formula_like(text) else text


def unescaped(text: str) -> str:
    """What `escaped` was given: our own files come back as they left."""
    return text[1:] if text.startswith("'") and is_formula_like(text) else text
