"""One class per refusal; each interface says it in its own way."""


class RegisterRefusal(Exception):
    """An act on personal data that the rules forbid."""


class StillOnTheTeam(RegisterRefusal):
    """Someone who still works in the back-office leaves it before being erased."""


class UnknownWording(RegisterRefusal):
    """Nobody kept the words of this version for this use."""


class WordingIsKept(RegisterRefusal):
    """Words that people agreed to never change: new words take a new version."""


class NotAPerson(RegisterRefusal):
    """Only a row of a model that stands for people can be exported or erased."""
