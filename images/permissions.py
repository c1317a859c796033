"""What each role may do with pictures. Plain words: the ground knows no role."""

EVERYTHING = frozenset(f"images.{action}_picture" for action in ("view", "add", "change", "delete"))

PERMISSIONS = {"administrator": EVERYTHING, "officer": EVERYTHING}
