"""Load the official lists, contours and histories of communes, whatever layout they come in.

Read in this order: `run` (the act), `layouts` (what is recognised), `contents` (what a file says
once read), one module per layout, then `merging`, `endings` and `coverage` (what it changes here).
"""

from territoires.domain.communes_import.run import import_communes

__all__ = ["import_communes"]
