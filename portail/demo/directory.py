"""Trades, and people who come, agree to be shown, stay or leave: through solos' own acts."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from comptes.models import User
from portail.demo.content import table
from portail.demo.people import EVERYTHING, PRESENT, Person, Place, imagine_people
from portail.demo.setting import Setting, moment
from registre.domain.wordings import keep_wording
from registre.enums import ConsentMeans, ConsentUse
from solos.domain.duplicates import keep_doubles
from solos.domain.freshness import chase_silent, confirm_profile
from solos.domain.own_profile import save_profile, submit_profile
from solos.domain.publication import (
    hide_solo,
    identify_solo,
    publish_solo,
    record_consent,
    withdraw_solo,
)
from solos.enums import PublicField, SoloState
from solos.models import Sector, Solo, Trade
from territoires.models import Commune, HostVillage, Programme, Territory

WORDING = "démonstration"
WORDINGS = {
    ConsentUse.PAGE: ("J’accepte d’être montré·e sur ma page.", "I agree to be shown on my page."),
    ConsentUse.OPEN_DATA: (
        "J’accepte que ce que montre ma page soit aussi en données ouvertes.",
        "I agree that what my page shows also be open data.",
    ),
    ConsentUse.MEMBERS: (
        "J’accepte que les membres du réseau lisent ce que je leur ouvre.",
        "I agree that members of the network read what I open to them.",
    ),
}

# One solo in so many let their year pass; the reminders went out on these days before today.
ONE_LATE_IN = 14
SILENT_SINCE = (66, 33, 2)


def list_trades() -> dict[str, Trade]:
    """The two-level list of trades, by slug; those there already stay as they are."""
    trades = {}
    for position, known in enumerate(table("trades")["sectors"], start=1):
        sector, _created = Sector.objects.get_or_create(
            slug=known["slug"],
            defaults={"name": known["name"], "name_en": known["name_en"], "position": position},
        )
        for trade in known["trades"]:
            trades[trade["slug"]], _created = Trade.objects.get_or_create(
                slug=trade["slug"],
                defaults={"sector": sector, "name": trade["name"], "name_en": trade["name_en"]},
            )
    return trades


def fill_directory(
    folder: str, territory: Territory, programmes: dict[str, Programme], setting: Setting
) -> list[Solo]:
    """Everyone whom the agency knew by the demo's day, as they were on that day."""
    trades = list_trades()
    _keep_wordings()
    solos = []
    for number, person in enumerate(imagine_people(setting, _places(folder, territory))):
        if not setting.has_come(person.identified_on):
            continue
        solo = identify_solo(
            territory=territory,
            programme=programmes[person.programme],
            first_name=person.first_name,
            last_name=person.last_name,
            on=person.identified_on,
            trade=trades[person.trade],
            commune_id=person.commune,
            **person.details,
        )
        solo = _follow(solo, person, setting)
        if solo.state == SoloState.PUBLISHED:
            solo = confirm_profile(solo=solo, on=_read_again(number, setting))
        solos.append(solo)
    for days in SILENT_SINCE:
        chase_silent(setting.today - timedelta(days=days))
    _write_one_twice(solos)
    return solos


def welcome_member(
    user: User, territory: Territory, programmes: dict[str, Programme], setting: Setting
) -> Solo:
    """The page of the demo's member account, who agreed to show everything."""
    known: dict[str, Any] = dict(table("people")["member"])
    arrived_on = setting.present_since + timedelta(days=100)
    solo = identify_solo(
        territory=territory,
        programme=programmes[PRESENT],
        user=user,
        on=arrived_on,
        trade=Trade.objects.get(slug=known.pop("trade")),
        commune_id=known.pop("commune"),
        email=user.email,
        accepts_messages=True,
        website="https://example.org/fontargelle-cartes",
        arrived_in=arrived_on.year - 1,
        household_size=3,
        **known,
    )
    shown_on = arrived_on + timedelta(days=8)
    _agree(solo, EVERYTHING, EVERYTHING, shown_on)
    return publish_solo(solo=solo, on=shown_on)


def _write_one_twice(solos: list[Solo]) -> None:
    """As a spreadsheet does, with first and last name exchanged: the office is asked about it."""
    known = [solo for solo in solos if solo.state == SoloState.IDENTIFIED and solo.phone][:2]
    if len(known) == 2:
        first, second = known
        second.first_name, second.last_name = first.last_name, first.first_name
        second.phone, second.commune = first.phone, first.commune
        second.save()
        keep_doubles(solo=second)


def leave_something_to_read(territory: Territory) -> None:
    """One who asks to be published, and one who changed their page: the agency's queue."""
    solos = Solo.objects.in_territory(territory).order_by("-pk")
    asking = solos.filter(state=SoloState.IDENTIFIED).exclude(email="").first()
    if asking:
        _save(asking, {PublicField.NAME, PublicField.TRADE, PublicField.COMMUNE}, {})
        submit_profile(solo=asking)
    changing = solos.published().filter(user=None).exclude(offers="").first()
    if changing:
        shown = {PublicField(field) for field in changing.published_fields}
        _save(changing, shown, {"offers": f"{changing.offers} Le jeudi, sur rendez-vous."})


def _save(solo: Solo, shown: set[PublicField], values: dict[str, Any]) -> None:
    opened = {PublicField(field) for field in solo.open_fields}
    agreed = {ConsentUse.PAGE: shown, ConsentUse.OPEN_DATA: opened}
    save_profile(solo=solo, values=values, agreed=agreed)


def _read_again(number: int, setting: Setting) -> date:
    """Most within the year, counted from now whatever the stage: a past one must not fade away."""
    late = number % ONE_LATE_IN == 0
    return setting.today - timedelta(days=400 + number if late else 20 + number * 53 % 300)


def _follow(solo: Solo, person: Person, setting: Setting) -> Solo:
    """What happened to the person up to the demo's day."""
    if person.published_on and setting.has_come(person.published_on):
        _agree(solo, person.agreed, person.opened, person.published_on)
        solo = publish_solo(solo=solo, on=person.published_on)
    if person.left_on and setting.has_come(person.left_on):
        leave = hide_solo if person.left_as == SoloState.HIDDEN else withdraw_solo
        solo = leave(solo=solo, on=person.left_on)
    return solo


def _agree(
    solo: Solo, shown: Iterable[PublicField], opened: Iterable[PublicField], on: date
) -> None:
    # A number kept from the web is given to one's peers.
    among_members = {PublicField.PHONE} - set(shown) if solo.phone else set()
    agreed = {
        ConsentUse.PAGE: shown,
        ConsentUse.OPEN_DATA: opened,
        ConsentUse.MEMBERS: among_members,
    }
    for use, fields in agreed.items():
        if fields:
            record_consent(
                solo=solo,
                use=use,
                fields=fields,
                wording_version=WORDING,
                means=ConsentMeans.DEMO,
                at=moment(on),
            )


def _keep_wordings() -> None:
    for use, (text, text_en) in WORDINGS.items():
        keep_wording(version=WORDING, use=use, text=text, text_en=text_en, since=date(2003, 1, 1))


def _places(folder: str, territory: Territory) -> list[Place]:
    """Communes by code: a village that welcomes draws more than its size would."""
    past_epcis = set(table(f"{folder}/territory")["past_programme_epcis"])
    welcoming = set(
        HostVillage.objects.in_territory(territory).values_list("commune_id", flat=True)
    )
    communes: Iterable[tuple[str, int | None, str | None]] = (
        Commune.objects.current()
        .within(territory)
        .exclude(centre=None)
        .order_by("pk")
        .values_list("pk", "population", "epci_id")
    )
    return [
        Place(
            code=code,
            weight=(population or 1) ** 0.5 * (8 if code in welcoming else 1),
            in_past_programme=epci in past_epcis,
        )
        for code, population, epci in communes
    ]
