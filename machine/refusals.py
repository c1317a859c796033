"""The one exception an operator sees, as a sentence in his language."""

import errno


class RefusalError(Exception):
    """Something the operator can put right; its text says what and how."""


def sentence_for(error: OSError) -> str:
    """What an operating-system error means to the operator."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"Le disque est plein{where}. Libérez de la place, puis relancez la même commande."
    if error.errno == errno.EROFS:
        return (
            f"Le disque est en lecture seule{where}. Placez le projet sur un disque inscriptible."
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return (
            f"Ce compte n’a pas le droit d’écrire ou de lire ici{where}. "
            "Relancez avec le compte qui possède le dossier du projet."
        )
    return f"Le système a refusé : {error.strerror or error}{where}."
