"""One class per refusal; each interface says it in its own way."""


class SoloRefusal(Exception):
    """An act on a solo that the rules forbid."""


class ConsentMissing(SoloRefusal):
    """Publishing asks for consent to show at least the name."""


class AlreadyWithdrawn(SoloRefusal):
    """A solo who left the programme comes back only by being identified anew."""


class NoAddress(SoloRefusal):
    """Without an e-mail address nobody can be written to."""


class NothingSubmitted(SoloRefusal):
    """The solo asked for nothing to be read, or it was settled already."""


class EditOutdated(SoloRefusal):
    """What was proposed no longer fits the lists of today: a trade or a commune is gone."""


class ChangedMeanwhile(SoloRefusal):
    """The profile is no longer what was read: it is to be read again."""


class MoveForbidden(SoloRefusal):
    """The solo is no longer where this could be done."""


class NotWrittenTo(SoloRefusal):
    """The solo takes no messages through the site."""


class SearchTooLong(SoloRefusal):
    """Nobody would look for so much at once."""


class TooManyAlerts(SoloRefusal):
    """The address already has as many alerts as one may have."""


class AlertStopped(SoloRefusal):
    """Whoever stopped it saves the search anew."""


class MergeRefusal(SoloRefusal):
    """Two records that cannot become one."""


class SameRecord(MergeRefusal):
    """A record is not merged with itself."""


class OtherTerritory(MergeRefusal):
    """Each territory keeps its own record of someone."""


class TwoAccounts(MergeRefusal):
    """Each record has its account: one must be closed by its holder first."""


class KeptIsWithdrawn(MergeRefusal):
    """Whoever left is not brought back through another's record."""
