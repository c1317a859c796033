from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courrier.enums import MailState
from portail.domain.agency_dashboard import compose_agency_dashboard
from solos.enums import ReviewStep, SoloState
from telecentres.enums import BookingState
from tests.factories import (
    BookingFactory,
    CommuneFactory,
    CountedSearchFactory,
    EventFactory,
    HostVillageFactory,
    ImportRunFactory,
    OpeningHoursFactory,
    OutgoingMailFactory,
    PageFactory,
    SoloFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    VillageReferentFactory,
)


@pytest.fixture
def work(territory):
    """Of each thing to do one, two… of it; beside, as much that is done or is elsewhere."""
    today, now = timezone.localdate(), timezone.now()
    SoloFactory(territory=territory)
    SoloFactory.create_batch(2, territory=territory, published=True)
    SoloFactory(territory=territory, state=SoloState.WITHDRAWN)
    SoloFactory()
    VillageReferentFactory(
        village__territory=territory, village__commitment_ends_on=today + timedelta(days=10)
    )
    HostVillageFactory.create_batch(2, territory=territory)
    EventFactory.create_batch(3, territory=territory, starts_at=now + timedelta(days=29))
    EventFactory(territory=territory, starts_at=now + timedelta(days=31))
    EventFactory.create_batch(2, territory=territory, state="draft")
    EventFactory(territory=territory, state="draft", past=True)
    rough = TelecentreFactory(territory=territory, point_precision="commune")
    OpeningHoursFactory(telecentre=rough)
    OpeningHoursFactory(telecentre=rough, weekday=2)
    TelecentreFactory.create_batch(2, territory=territory)
    TelecentreFactory(territory=territory, state="planned", point_precision="commune")
    PageFactory.create_batch(2, territory=territory)
    PageFactory(territory=territory, title_en="Page", body_en="Text.")
    PageFactory(territory=territory, state="draft")
    PageFactory(territory__languages=["fr"])
    SoloFactory(territory=territory, published=True, review_step=ReviewStep.FADED)
    SoloFactory(territory=territory, state="hidden", review_step=ReviewStep.WARNED)
    CountedSearchFactory.create_batch(2, territory=territory)
    CountedSearchFactory(territory=territory, results=1)
    CountedSearchFactory()
    OutgoingMailFactory.create_batch(2, state=MailState.DEAD, attempts=12)
    OutgoingMailFactory(attempts=1)
    OutgoingMailFactory()
    ImportRunFactory(outcome="refused")
    ImportRunFactory(outcome="refused", started_at=now - timedelta(days=9))


def test_lines_count_what_there_is_to_do_here(work, territory, officer):
    todos = compose_agency_dashboard(territory, officer).todos

    assert [(str(line.words), line.count) for line in todos] == [
        ("solos sans nouvelles", 2),
        ("solo recensé, jamais invité dans l’annuaire", 1),
        ("recherches de l’annuaire faites souvent, sans trouver personne", 2),
        ("engagement de village qui finit dans les 60 jours", 1),
        ("villages d’accueil sans référent", 2),
        ("rendez-vous dans les 30 jours", 3),
        ("rendez-vous en brouillon, à annoncer", 2),
        ("télécentres ouverts sans horaires", 2),
        ("télécentre ouvert placé au centre de sa commune", 1),
        ("pages sans version anglaise", 2),
        ("e-mails abandonnés", 2),
        ("e-mail en retard", 1),
        ("import de communes refusé cette semaine", 1),
    ]


def test_each_line_leads_to_the_rows_it_counted(work, territory, officer, officer_client):
    dashboard = compose_agency_dashboard(territory, officer)

    for line in dashboard.todos + dashboard.figures:
        app, model = line.model.split(".")
        response = officer_client.get(reverse(f"admin:{app}_{model}_changelist"), line.filters)
        assert response.context["cl"].result_count == line.count, line.words


def test_nothing_to_do_makes_no_line(territory, officer):
    assert compose_agency_dashboard(territory, officer).todos == []


def test_lines_cost_one_query_each(work, territory, django_assert_num_queries, officer):
    with django_assert_num_queries(22):
        compose_agency_dashboard(territory, officer)


def test_first_steps_are_done_one_by_one(territory, officer):
    def done():
        return [step.is_done for step in compose_agency_dashboard(territory, officer).steps]

    assert done() == [True, False, False, False, False, False]

    CommuneFactory(foix=True)
    HostVillageFactory(territory=TerritoryFactory())
    SoloFactory(territory=territory)

    assert done() == [True, True, False, False, True, False]
    assert not compose_agency_dashboard(territory, officer).is_settled


def test_without_territory_everything_is_still_to_do(db, officer):
    dashboard = compose_agency_dashboard(None, officer)

    assert [step.is_done for step in dashboard.steps] == [False] * 6
    assert (dashboard.todos, dashboard.figures) == ([], [])


def test_manager_has_the_lines_of_their_own_places(territory):
    mine, other = TelecentreFactory.create_batch(2, territory=territory)
    manager = TelecentreGrantFactory(telecentre=mine).user
    for place in (mine, other, other):
        BookingFactory(
            space__telecentre=place, state=BookingState.REQUESTED, answer_before=timezone.now()
        )
    SoloFactory(territory=territory, published=True, review_step=ReviewStep.FADED)

    dashboard = compose_agency_dashboard(territory, manager)

    assert [(line.model, line.count) for line in dashboard.todos] == [
        ("telecentres.booking", 1),
        ("telecentres.telecentre", 1),
    ]
    assert [(str(line.words), line.count) for line in dashboard.figures] == [
        ("télécentre ouvert", 1),
        ("communes", 3),
    ]
    assert dashboard.steps == []
