"""A commune's name as it is sorted."""

import re

# The seven articles of INSEE's "type de nom en clair"; Aux-Aussat or Las-Tours keep theirs.
ARTICLE = re.compile(r"(?:L['’]|(?:Le|La|Les|Aux|Las|Los) )(?=\S)")


def without_article(name: str) -> str:
    """L'Aiguillon is sorted at Aiguillon, La Bastide-de-Lordat at Bastide-de-Lordat."""
    return ARTICLE.sub("", name, count=1) if ARTICLE.match(name) else name
