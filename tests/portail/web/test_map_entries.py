from django.utils import translation

from portail.domain.map_layers import Layer, map_content
from portail.web.map_entries import Person, map_entries
from solos.enums import PublicField
from telecentres.enums import PointPrecision, SpaceKind, TelecentreState
from territoires.enums import VillageKind
from tests.factories import (
    CommuneFactory,
    HostVillageFactory,
    SoloFactory,
    SpaceFactory,
    TelecentreFactory,
    TradeFactory,
)


def only(territory, layer: Layer):
    (entry,) = map_entries(map_content(territory))[layer]
    return entry


def test_village_entry_links_to_its_page_in_the_reader_s_language(territory):
    HostVillageFactory(
        territory=territory,
        commune=CommuneFactory(foix=True),
        slug="foix",
        kind=VillageKind.ASSOCIATED,
    )

    french = only(territory, Layer.VILLAGES)
    with translation.override("en"):
        english = only(territory, Layer.VILLAGES)

    assert (french.kind, french.name, french.what) == ("associated", "Foix", "Village associé")
    assert (french.fact, french.more) == ("9\u00a0493 habitants", "Voir le village")
    assert (french.url, english.url) == ("/villages/foix/", "/en/villages/foix/")
    assert french.feature["geometry"] == {"type": "Point", "coordinates": [1.6053, 42.9658]}


def test_planned_place_says_so_and_where_it_was_put(territory):
    TelecentreFactory(
        territory=territory,
        state=TelecentreState.PLANNED,
        point_precision=PointPrecision.COMMUNE,
    )

    entry = only(territory, Layer.TELECENTRES)

    assert entry.kind == "planned"
    assert entry.what == "Télécentre, en projet"
    assert entry.note == "Placé au centre de la commune."


def test_open_place_at_its_address_needs_no_note(territory):
    TelecentreFactory(territory=territory)

    entry = only(territory, Layer.TELECENTRES)

    assert (entry.kind, entry.what, entry.note) == ("open", "Télécentre", "")
    assert (entry.fact, entry.more) == ("", "Voir le lieu")


def test_open_place_says_what_it_offers(territory):
    place = TelecentreFactory(territory=territory)
    for kind in (SpaceKind.DESK, SpaceKind.OFFICE, SpaceKind.MEETING_ROOM):
        SpaceFactory(telecentre=place, kind=kind)

    assert only(territory, Layer.TELECENTRES).fact == "2 postes de travail, 1 salle"


def test_solos_entry_names_each_with_the_trade_they_agreed_to_show(territory):
    commune = CommuneFactory(foix=True)
    shown = [PublicField.NAME, PublicField.COMMUNE]
    for slug, fields in [("alix", [*shown, PublicField.TRADE]), ("noa", shown)]:
        SoloFactory(
            territory=territory,
            commune=commune,
            slug=slug,
            first_name=slug.capitalize(),
            last_name="Roux",
            published=True,
            published_fields=fields,
        )

    entry = only(territory, Layer.SOLOS)

    assert (entry.name, entry.what, entry.url) == ("Foix", "2 solos", "/communes/09122/")
    assert entry.people == (
        Person("Alix Roux", "/annuaire/alix/", "Développement web", "fr"),
        Person("Noa Roux", "/annuaire/noa/", "", ""),
    )


def test_trade_without_english_is_said_to_be_french(territory):
    SoloFactory(territory=territory, published=True, trade=TradeFactory(name_en=""))

    with translation.override("en"):
        (person,) = only(territory, Layer.SOLOS).people

    assert (person.trade, person.trade_language) == ("Développement web", "fr")


def test_entry_of_a_commune_without_centre_has_no_geometry(territory):
    HostVillageFactory(territory=territory, commune=CommuneFactory(centre=None))

    assert only(territory, Layer.VILLAGES).feature["geometry"] is None
