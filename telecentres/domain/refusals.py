"""Why a booking is refused, and what to do: said to people in the same words everywhere."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telecentres.domain import errors


def explain(refusal: errors.BookingRefusal) -> str:
    return _WORDS[type(refusal)](refusal)


def _too_late(refusal: errors.TooLate) -> str:
    if refusal.notice < 120:
        minutes = refusal.notice
        return ngettext(
            "C’est trop tard : cet espace se réserve au moins %(n)d minute à l’avance.",
            "C’est trop tard : cet espace se réserve au moins %(n)d minutes à l’avance.",
            minutes,
        ) % {"n": minutes}
    hours = -(-refusal.notice // 60)
    return ngettext(
        "C’est trop tard : cet espace se réserve au moins %(n)d heure à l’avance.",
        "C’est trop tard : cet espace se réserve au moins %(n)d heures à l’avance.",
        hours,
    ) % {"n": hours}


def _too_early(refusal: errors.TooEarly) -> str:
    return ngettext(
        "C’est trop tôt : cet espace se réserve au plus %(n)d jour à l’avance.",
        "C’est trop tôt : cet espace se réserve au plus %(n)d jours à l’avance.",
        refusal.horizon,
    ) % {"n": refusal.horizon}


def _too_many(refusal: errors.TooManyPeople) -> str:
    return ngettext(
        "Vous serez trop nombreux : il y a %(n)d place.",
        "Vous serez trop nombreux : il y a %(n)d places.",
        refusal.capacity,
    ) % {"n": refusal.capacity}


def _not_enough(refusal: errors.NotEnough) -> str:
    return _(
        "Il n’en reste que %(n)d à ce moment-là : demandez-en moins, ou changez de moment."
    ) % {"n": refusal.free}


def _too_many_at_once(refusal: errors.TooManyAtOnce) -> str:
    return _(
        "C’est trop à la fois : %(n)d réservations au plus en une fois. Décochez des dates, vous"
        " prendrez les autres ensuite."
    ) % {"n": refusal.most}


def _not_for_you(refusal: errors.NotForYou) -> str:
    return _(
        "Cet espace est réservé à certains (%(groups)s) : demandez au lieu si vous pouvez en être."
    ) % {"groups": ", ".join(refusal.groups)}


def _outside(refusal: errors.OutsideHours) -> str:
    if refusal.why:
        return _("Le lieu est fermé à ce moment-là (%(why)s) : choisissez un autre jour.") % {
            "why": refusal.why
        }
    return _("Le lieu est fermé à ce moment-là : choisissez des heures où il est ouvert.")


def _no_such_extra(refusal: errors.NoSuchExtra) -> str:
    if not refusal.names:
        return _(
            "Le lieu ne propose pas, ou plus, une des choses que vous ajoutez : voici ce qu’il"
            " propose."
        )
    return _("Avec cet espace, le lieu ne propose pas, ou plus : %s. Enlevez-le.") % ", ".join(
        refusal.names
    )


def _extra_too_many(refusal: errors.ExtraTooMany) -> str:
    return _("« %(name)s » : %(n)d au plus pour cette réservation.") % {
        "name": refusal.name,
        "n": refusal.most,
    }


def _extra_too_late(refusal: errors.ExtraTooLate) -> str:
    return ngettext(
        "« %(name)s » se demande au moins %(n)d heure à l’avance : c’est trop tard.",
        "« %(name)s » se demande au moins %(n)d heures à l’avance : c’est trop tard.",
        refusal.notice,
    ) % {"name": refusal.name, "n": refusal.notice}


def _extra_taken(refusal: errors.ExtraTaken) -> str:
    if not refusal.left:
        return _("« %s » est déjà pris à ce moment-là.") % refusal.name
    return _("« %(name)s » : il n’en reste que %(n)d à ce moment-là.") % {
        "name": refusal.name,
        "n": refusal.left,
    }


_WORDS: dict[type[errors.BookingRefusal], Callable[[Any], str]] = {
    errors.NotBookable: lambda _refusal: _(
        "Cet espace ne se réserve pas en ligne : appelez le lieu."
    ),
    errors.EndsBeforeStart: lambda _refusal: _("La fin doit venir après le début."),
    errors.TooLong: lambda _refusal: _(
        "C’est trop long : une réservation dure trois mois au plus, puis se renouvelle."
    ),
    errors.InThePast: lambda _refusal: _("Ce moment est déjà passé : choisissez-en un autre."),
    errors.TooLate: _too_late,
    errors.TooEarly: _too_early,
    errors.OutsideHours: _outside,
    errors.TooManyPeople: _too_many,
    errors.NotForYou: _not_for_you,
    errors.PriceChanged: lambda _refusal: _(
        "Le prix a changé depuis que vous avez ouvert cette page : le voici, à confirmer."
    ),
    errors.NotEnough: _not_enough,
    errors.TooManyAtOnce: _too_many_at_once,
    errors.SlotTaken: lambda _refusal: _("C’est déjà pris à ce moment-là."),
    errors.StillFree: lambda _refusal: _("C’est libre à ce moment-là : réservez sans attendre."),
    errors.AlreadyWaiting: lambda _refusal: _(
        "Vous attendez déjà une place à ce moment-là : voyez « Mes réservations »."
    ),
    errors.TooLateToWait: lambda _refusal: _(
        "C’est trop tard pour attendre une place : ce moment commence bientôt."
    ),
    errors.SpacesTaken: lambda _refusal: _(
        "Rien n’est fermé : des réservations tiennent à ce moment-là. Déplacez-les ou annulez-les"
        " d’abord, avec les personnes."
    ),
    errors.AccountNeeded: lambda _refusal: _(
        "Ici, on réserve avec un compte : connectez-vous, il s’ouvre en une minute."
    ),
    errors.TooLongForVisitor: lambda _refusal: _(
        "Sans compte, on réserve une semaine au plus : connectez-vous pour venir plus longtemps."
    ),
    errors.TooManyHeld: lambda _refusal: _(
        "Trop de réservations attendent d’être confirmées par e-mail : confirmez la vôtre,"
        " connectez-vous, ou revenez dans une demi-heure."
    ),
    errors.NoSuchExtra: _no_such_extra,
    errors.ExtraTooMany: _extra_too_many,
    errors.ExtraTooLate: _extra_too_late,
    errors.ExtraTaken: _extra_taken,
    errors.NoLongerPossible: lambda _refusal: _(
        "Cette réservation ne peut plus changer : elle a commencé, ou elle a été annulée."
    ),
}
