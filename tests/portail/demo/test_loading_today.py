from datetime import date

from django.apps import apps
from django.db.models import F
from django.utils import timezone

from accueil.enums import EventState
from accueil.models import Event
from comptes.models import User
from observatoire.domain.indicators import current_figures
from observatoire.models import Snapshot
from portail.demo.accounts import MEMBER
from portail.demo.loading import MONTHS_OF_SNAPSHOTS, is_loaded, remove_everything
from portail.demo.setting import END_OF_PROGRAMME, MIDDLE_OF_PROGRAMME
from solos.enums import PublicField, SoloState
from solos.models import FieldConsent, Solo, Trade
from telecentres.enums import PointPrecision
from telecentres.models import Booking, Telecentre
from territoires.models import (
    Commune,
    DataVersion,
    Department,
    HostVillage,
    Programme,
    Territory,
)
from tests.portail.demo.reach import reachable


def test_load_demo_today_keeps_the_past_and_lives_in_the_present(demo_today, past_figures):
    loaded = demo_today

    assert loaded.communes == 325
    assert past_figures(MIDDLE_OF_PROGRAMME) == (78, 40)
    assert past_figures(END_OF_PROGRAMME) == (87, 47)
    assert (loaded.in_directory, Solo.objects.published().count()) == (76, 76)
    directory = Solo.objects.published()
    assert directory.values("commune").distinct().count() >= 40
    assert directory.values("trade").distinct().count() >= 35
    assert directory.values("presentation").distinct().count() == 76
    sessions = Event.objects.discovery_sessions().upcoming().filter(state=EventState.PUBLISHED)
    assert sessions.count() == 3
    # In about a month, or after the year-end holidays.
    assert 20 <= (timezone.localdate(sessions[0].starts_at) - timezone.localdate()).days <= 57
    assert timezone.localtime(sessions[0].starts_at).isoweekday() == 6


def test_load_demo_places_what_the_documents_name(demo_today):
    places = Telecentre.objects.order_by("state", "commune")
    assert list(places.values_list("state", "commune__name")) == [
        ("open", "Lavelanet"),
        ("open", "Mirepoix"),
        ("open", "Saint-Lizier"),
        ("open", "Verniolle"),
        ("open", "Verniolle"),
        ("planned", "Auzat"),
        ("planned", "Lézat-sur-Lèze"),
        ("planned", "Pamiers"),
    ]
    assert set(places.values_list("point_precision", flat=True)) == {PointPrecision.COMMUNE}
    assert places.exclude(point=F("commune__centre")).count() == 0
    assert set(HostVillage.objects.values_list("commune__name", flat=True)) >= {
        "Auzat", "Val-de-Sos", "Siguer", "Gestiès", "Orus", "Illier-et-Laramade",
    }  # fmt: skip


def test_load_demo_shows_nothing_without_consent(demo_today):
    assert Solo.objects.filter(state=SoloState.PUBLISHED).count() == 76
    for solo in Solo.objects.prefetch_related("consents"):
        agreed, opened = (
            {
                consent.field
                for consent in solo.consents.all()
                if consent.use == use and not consent.withdrawn_at
            }
            for use in ("page", "open_data")
        )
        assert set(solo.published_fields) == agreed
        assert set(solo.open_fields) == opened <= agreed
        assert PublicField.NAME in agreed or solo.state != SoloState.PUBLISHED
    assert (
        FieldConsent.objects.filter(solo__state=SoloState.WITHDRAWN, withdrawn_at=None).count() == 0
    )
    assert Solo.objects.in_open_data().count() == 61
    # Some show nearly all, some hardly more than a name: the pages must look well with both.
    shown = {
        len(fields)
        for fields in Solo.objects.published().values_list("published_fields", flat=True)
    }
    assert shown == {2, 7, 16, 18}


def test_load_demo_can_reach_nobody(demo_today):
    assert reachable() == []


def test_load_demo_tells_everything_to_its_territory(demo_today):
    territory = demo_today.territory

    for model in apps.get_models():
        if "territory" in {field.name for field in model._meta.get_fields()}:
            assert set(model._default_manager.values_list("territory", flat=True)) <= {territory.pk}
    assert set(Programme.objects.values_list("territories", flat=True)) == {territory.pk}


def test_load_demo_keeps_snapshots_of_years_and_months(demo_today):
    territory = demo_today.territory

    days = set(Snapshot.objects.filter(indicator="solos_identified").values_list("day", flat=True))
    today = timezone.localdate()
    assert {date(2007, 12, 31), MIDDLE_OF_PROGRAMME, today} <= days
    assert len(days) >= MONTHS_OF_SNAPSHOTS + today.year - 2003
    kept = dict(Snapshot.objects.filter(day=today).values_list("indicator", "value"))
    assert kept == {row.indicator.key: row.value for row in current_figures(territory)}


def test_member_has_a_page_in_the_directory(demo_today):
    [solo] = Solo.objects.filter(user__email=MEMBER.email)
    assert (str(solo), solo.state) == ("Camille Fontargelle", "published")


def test_remove_everything_leaves_departments_and_a_newer_map(demo_today, settings):
    settings.DEMO = True
    before, departments = DataVersion.current(DataVersion.MAP), Department.objects.count()

    remove_everything()

    assert not is_loaded("ariege")
    emptied = [User, Territory, Commune, Solo, Trade, Event, Booking, Snapshot]
    assert [model.objects.count() for model in emptied] == [0] * len(emptied)
    assert Department.objects.count() == departments
    assert DataVersion.current(DataVersion.MAP) > before
