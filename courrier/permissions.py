"""What each role may do with mails. Plain words: the ground knows no role."""

READING = frozenset({"courrier.view_outgoingmail", "courrier.view_digestline"})
WORDING = frozenset(
    f"courrier.{action}_mailtemplate" for action in ("view", "add", "change", "delete")
)

PERMISSIONS = {"administrator": READING | WORDING, "officer": READING | WORDING}
