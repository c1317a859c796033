"""Who runs which telecentre."""

from comptes.models import User
from telecentres.models import Telecentre, TelecentreGrant
from territoires.domain.grants import give


def grant_telecentre(
    *, user: User, telecentre: Telecentre, author: User | None = None
) -> TelecentreGrant:
    """One telecentre, its hours and its spaces, to keep true."""
    return give(TelecentreGrant, {"user": user, "telecentre": telecentre}, author=author)
