from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from telecentres.models import Booking, Telecentre
from territoires.domain.todos import Line, filters_of
from territoires.models import Territory


def todos(territory: Territory) -> list[Line]:
    here, places = filters_of(territory), Telecentre.objects.in_territory(territory)
    bookings = Booking.objects.in_territory(territory)
    return [
        Line(
            ngettext_lazy(
                "demande de réservation sans réponse", "demandes de réservation sans réponse"
            ),
            bookings.to_answer(),
            here | {"a_traiter": "a-repondre"},
            _("Passé le délai, la place est rendue."),
        ),
        Line(
            ngettext_lazy("télécentre ouvert sans horaires", "télécentres ouverts sans horaires"),
            places.without_hours(),
            here | {"a_traiter": "sans-horaires"},
            _("On ne sait pas quand y venir."),
        ),
        Line(
            ngettext_lazy(
                "télécentre ouvert placé au centre de sa commune",
                "télécentres ouverts placés au centre de leur commune",
            ),
            places.placed_roughly(),
            here | {"a_traiter": "position"},
            _("Placez-les à leur adresse sur la carte."),
        ),
    ]
