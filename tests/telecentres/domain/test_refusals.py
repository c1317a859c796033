import pytest

from telecentres.domain import errors
from telecentres.domain.refusals import explain

NBSP = "\N{NO-BREAK SPACE}"
WAITING = "Vous attendez déjà une place à ce moment-là"
MOVE_FIRST = "Déplacez-les ou annulez-les d’abord, avec les personnes."
UNTICK = "Décochez des dates, vous prendrez les autres ensuite."
SIGN_IN_LONGER = "connectez-vous pour venir plus longtemps."
LATER = "confirmez la vôtre, connectez-vous, ou revenez dans une demi-heure."
UNCHANGING = "Cette réservation ne peut plus changer"


def every_refusal() -> set[type[errors.BookingRefusal]]:
    return set(errors.BookingRefusal.__subclasses__())


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (
            errors.AccountNeeded(),
            f"Ici, on réserve avec un compte{NBSP}: connectez-vous, il s’ouvre en une minute.",
        ),
        (
            errors.TooLongForVisitor(),
            f"Sans compte, on réserve une semaine au plus{NBSP}: {SIGN_IN_LONGER}",
        ),
        (
            errors.TooManyHeld(),
            f"Trop de réservations attendent d’être confirmées par e-mail{NBSP}: {LATER}",
        ),
        (errors.NotBookable(), f"Cet espace ne se réserve pas en ligne{NBSP}: appelez le lieu."),
        (errors.EndsBeforeStart(), "La fin doit venir après le début."),
        (
            errors.TooLong(),
            f"C’est trop long{NBSP}: une réservation dure trois mois au plus, puis se renouvelle.",
        ),
        (errors.InThePast(), f"Ce moment est déjà passé{NBSP}: choisissez-en un autre."),
        (
            errors.TooLate(1),
            f"C’est trop tard{NBSP}: cet espace se réserve au moins 1 minute à l’avance.",
        ),
        (
            errors.TooLate(119),
            f"C’est trop tard{NBSP}: cet espace se réserve au moins 119 minutes à l’avance.",
        ),
        (
            errors.TooLate(121),
            f"C’est trop tard{NBSP}: cet espace se réserve au moins 3 heures à l’avance.",
        ),
        (
            errors.TooEarly(1),
            f"C’est trop tôt{NBSP}: cet espace se réserve au plus 1 jour à l’avance.",
        ),
        (
            errors.OutsideHours(),
            f"Le lieu est fermé à ce moment-là{NBSP}: choisissez des heures où il est ouvert.",
        ),
        (
            errors.OutsideHours("Noël"),
            f"Le lieu est fermé à ce moment-là (Noël){NBSP}: choisissez un autre jour.",
        ),
        (errors.TooManyPeople(4), f"Vous serez trop nombreux{NBSP}: il y a 4 places."),
        (
            errors.NotEnough(2),
            f"Il n’en reste que 2 à ce moment-là{NBSP}: demandez-en moins, ou changez de moment.",
        ),
        (
            errors.TooManyAtOnce(60),
            f"C’est trop à la fois{NBSP}: 60 réservations au plus en une fois. {UNTICK}",
        ),
        (
            errors.NoSuchExtra(("Café", "Écran")),
            f"Avec cet espace, le lieu ne propose pas, ou plus{NBSP}: Café, Écran. Enlevez-le.",
        ),
        (errors.SlotTaken(), "C’est déjà pris à ce moment-là."),
        (errors.StillFree(), f"C’est libre à ce moment-là{NBSP}: réservez sans attendre."),
        (
            errors.AlreadyWaiting(),
            f"{WAITING}{NBSP}: voyez «{NBSP}Mes réservations{NBSP}».",
        ),
        (
            errors.TooLateToWait(),
            f"C’est trop tard pour attendre une place{NBSP}: ce moment commence bientôt.",
        ),
        (
            errors.SpacesTaken(()),
            f"Rien n’est fermé{NBSP}: des réservations tiennent à ce moment-là. {MOVE_FIRST}",
        ),
        (
            errors.NoLongerPossible(),
            f"{UNCHANGING}{NBSP}: elle a commencé, ou elle a été annulée.",
        ),
    ],
)
def test_refusal_is_explained(refusal, words):
    assert explain(refusal) == words


def test_every_refusal_has_its_words():
    samples = {
        errors.TooLate: (60,), errors.TooEarly: (90,), errors.TooManyPeople: (1,),
        errors.SpacesTaken: ((),), errors.NotEnough: (2,), errors.TooManyAtOnce: (60,),
        errors.NotForYou: (("Nouveaux arrivants",),), errors.ExtraTooMany: ("Café", 2),
        errors.ExtraTooLate: ("Café", 48), errors.ExtraTaken: ("Café", 1),
    }  # fmt: skip
    for kind in every_refusal():
        assert explain(kind(*samples.get(kind, ()))).endswith(".")
