from datetime import date, timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from courrier.models import OutgoingMail
from registre.enums import ConsentMeans, ConsentUse
from solos.enums import PublicField, ReviewStep, SoloState
from solos.models import FieldConsent, Solo
from tests.factories import CommuneFactory, SoloFactory

LIST = reverse("admin:solos_solo_changelist")


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def act(client, action, *solos, **data):
    chosen = {"action": action, ACTION_CHECKBOX_NAME: [solo.pk for solo in solos]}
    return client.post(LIST, {**chosen, **data})


def page(solo, name="change"):
    return reverse(f"admin:solos_solo_{name}", args=[solo.pk])


def typed(solo, **changes):
    """What the browser sends back for the change form of `solo`."""
    inlines = {
        f"{prefix}-{total}_FORMS": 0
        for prefix in ("consents", "state_changes")
        for total in ("TOTAL", "INITIAL")
    }
    fields = {
        "first_name": solo.first_name, "last_name": solo.last_name, "status": solo.status,
        "territory": solo.territory_id, "slug": solo.slug,
    }  # fmt: skip
    return {**inlines, **fields, **changes}


def test_added_solo_is_identified_by_the_officer(territory, officer, officer_client):
    data = {
        "first_name": "Ana", "last_name": "Ruiz", "status": "independent",
        "territory": territory.pk, "state": "published", "slug": "autre",
    }  # fmt: skip

    response = officer_client.post(reverse("admin:solos_solo_add"), data)

    assert response.status_code == 302
    solo = Solo.objects.get()
    assert (solo.slug, solo.state, solo.published_fields) == ("ana-ruiz", SoloState.IDENTIFIED, [])
    assert [change.author for change in solo.state_changes.all()] == [officer]


def test_change_form_never_takes_state_or_public_fields(territory, officer_client):
    solo = SoloFactory(territory=territory)

    officer_client.post(
        page(solo), typed(solo, state="published", published_fields="name", trade_name="Atelier")
    )

    solo.refresh_from_db()
    assert (solo.trade_name, solo.state, solo.published_fields) == (
        "Atelier",
        SoloState.IDENTIFIED,
        [],
    )


def test_publish_without_consent_says_whose_is_missing(territory, officer_client):
    ready = SoloFactory(territory=territory, published=True, state=SoloState.HIDDEN)
    silent = SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz")

    response = act(officer_client, "publish", ready, silent)

    assert said(response) == [
        ("success", f"Publication dans l’annuaire : {ready}."),
        ("warning", "Il manque l’accord d’afficher le nom : Ana Ruiz."),
    ]
    assert set(Solo.objects.values_list("pk", "state")) == {
        (ready.pk, SoloState.PUBLISHED),
        (silent.pk, SoloState.IDENTIFIED),
    }


def test_hide_takes_out_of_the_directory_and_keeps_consents(territory, officer, officer_client):
    solo = SoloFactory(territory=territory, published=True)

    act(officer_client, "hide", solo)

    solo.refresh_from_db()
    assert (solo.state, solo.published_fields) == (SoloState.HIDDEN, list(PublicField))
    assert solo.state_changes.last().author == officer


def test_invite_from_the_list_asks_first(territory, officer_client):
    solo = SoloFactory(territory=territory, email="ana@exemple.fr")

    response = act(officer_client, "invite", solo)

    shown = response.content.decode()
    assert f"{solo}, ana@exemple.fr ({territory})" in shown
    assert not OutgoingMail.objects.exists()

    assert said(act(officer_client, "invite", solo, confirm="oui")) == [
        ("success", f"Invitation envoyée : {solo}.")
    ]
    assert OutgoingMail.objects.get().recipient == "ana@exemple.fr"


def test_withdraw_asks_first(territory, officer_client):
    solo = SoloFactory(territory=territory, published=True)

    response = act(officer_client, "withdraw", solo)

    assert response.status_code == 200
    assert str(solo) in response.content.decode()
    solo.refresh_from_db()
    assert solo.state == SoloState.PUBLISHED


def test_withdraw_once_confirmed_ends_every_consent(territory, officer_client):
    solo = SoloFactory(territory=territory, published=True)

    act(officer_client, "withdraw", solo, confirm="oui")

    solo.refresh_from_db()
    assert (solo.state, solo.published_fields) == (SoloState.WITHDRAWN, [])
    assert FieldConsent.objects.filter(withdrawn_at=None).count() == 0
    assert said(act(officer_client, "publish", solo))[1:] == [
        ("warning", f"S’est retiré·e, à recenser de nouveau : {solo}.")
    ]


def test_buttons_of_the_form_save_then_act(territory, officer_client):
    solo = SoloFactory(territory=territory, published=True)

    officer_client.post(page(solo), typed(solo, trade_name="Atelier", _hide="oui"))
    solo.refresh_from_db()
    assert (solo.trade_name, solo.state) == ("Atelier", SoloState.HIDDEN)

    officer_client.post(page(solo), typed(solo, trade_name="Forge", _publish="oui"))
    solo.refresh_from_db()
    assert (solo.trade_name, solo.state) == ("Forge", SoloState.PUBLISHED)


def test_consent_on_paper_is_recorded_with_its_day(territory, officer_client):
    solo = SoloFactory(territory=territory)
    day = timezone.localdate() - timedelta(days=3)
    data = {"shown_fields": ["name", "trade"], "means": "paper", "given_on": day.isoformat()}

    response = officer_client.post(page(solo, "consent"), data)

    assert (response.status_code, response["Location"]) == (302, page(solo))
    solo.refresh_from_db()
    assert (solo.published_fields, solo.state) == (
        [PublicField.NAME, PublicField.TRADE],
        SoloState.IDENTIFIED,
    )
    assert {(each.means, timezone.localdate(each.given_at)) for each in solo.consents.all()} == {
        (ConsentMeans.PAPER, day)
    }


def test_consent_to_both_uses_keeps_who_wrote_it_down(territory, officer, officer_client):
    solo = SoloFactory(territory=territory, published=True, published_fields=["name"])
    FieldConsent.objects.filter(use=ConsentUse.OPEN_DATA).delete()
    data = {
        "shown_fields": ["trade"], "opened_fields": ["name", "trade"], "means": "email",
        "given_on": "2026-01-02",
    }  # fmt: skip

    officer_client.post(page(solo, "consent"), data)

    solo.refresh_from_db()
    assert (solo.published_fields, solo.open_fields) == (["name", "trade"], ["name", "trade"])
    written = solo.consents.filter(recorded_by=officer).order_by("use", "field")
    assert list(written.values_list("use", "field", "wording__use")) == [
        ("open_data", "name", "open_data"),
        ("open_data", "trade", "open_data"),
        ("page", "trade", "page"),
    ]


def test_consent_form_shows_the_words_agreed_to(territory, officer_client):
    solo = SoloFactory(territory=territory)

    shown = officer_client.get(page(solo, "consent")).content.decode()

    assert "soient montrées à tous sur ma page de l’annuaire" in shown
    assert "d’autres peuvent les reprendre" in shown


@pytest.mark.parametrize(
    "data",
    [
        {}, {"means": "paper", "given_on": "2026-01-01"},
        {"opened_fields": ["name"], "means": "paper", "given_on": "2026-01-01"},
        {"shown_fields": ["state"], "means": "paper", "given_on": "2026-01-01"},
        {"shown_fields": ["name"], "means": "demo", "given_on": "2026-01-01"},
        {"shown_fields": ["name"], "means": "paper", "given_on": "2999-01-01"},
        {"shown_fields": ["name"], "means": "paper", "given_on": "hier"},
    ],
)  # fmt: skip
def test_consent_badly_filled_records_nothing(data, territory, officer_client):
    solo = SoloFactory(territory=territory)

    assert officer_client.post(page(solo, "consent"), data).status_code == 200
    assert FieldConsent.objects.count() == 0


def test_consent_of_a_withdrawn_solo_is_refused(territory, officer_client):
    solo = SoloFactory(territory=territory, state=SoloState.WITHDRAWN)
    data = {"shown_fields": ["name"], "means": "paper", "given_on": "2026-01-01"}

    response = officer_client.post(page(solo, "consent"), data)

    assert said(response) == [("error", "Cette personne s’est retirée : recensez-la de nouveau.")]
    assert FieldConsent.objects.count() == 0


def test_consent_of_nobody_is_not_found(territory, officer_client):
    address = reverse("admin:solos_solo_consent", args=[999_999])

    assert officer_client.get(address).status_code == 404


def test_past_version_is_read_never_restored(territory, officer_client):
    solo = SoloFactory(territory=territory, published=True)
    version = solo.history.first()
    act(officer_client, "withdraw", solo, confirm="oui")
    address = reverse("admin:solos_solo_simple_history", args=[solo.pk, version.pk])

    assert officer_client.get(address).status_code == 200
    assert b'name="_save"' not in officer_client.get(address).content
    assert officer_client.post(address, typed(solo)).status_code == 403

    solo.refresh_from_db()
    assert solo.state == SoloState.WITHDRAWN


@pytest.mark.parametrize("version", ["abc", "99999999", "0"])
def test_past_version_that_does_not_exist_is_not_found(version, territory, officer_client):
    solo = SoloFactory(territory=territory)

    assert officer_client.get(f"{page(solo, 'history')}{version}/").status_code == 404


@pytest.mark.parametrize("text", ["éloïse", "ELOISE", "dupré eloise", "Forge", "chaumarty"])
def test_search_ignores_accents_and_capitals(text, territory, officer_client):
    wanted = SoloFactory(
        territory=territory,
        first_name="Éloïse",
        last_name="Dupré",
        trade_name="Forgé",
        commune=CommuneFactory(name="Châumarty"),
    )
    SoloFactory(territory=territory)

    response = officer_client.get(LIST, {"q": text})

    assert list(response.context["cl"].result_list) == [wanted]


def test_list_tells_how_fresh_each_profile_is(territory, officer_client):
    for step, day in ((ReviewStep.FRESH, 3), (ReviewStep.FADED, 4)):
        SoloFactory(
            territory=territory,
            published=True,
            verified_on=date(2026, 2, day),
            review_step=step,
        )
    SoloFactory(territory=territory, first_name="Jamais", last_name="Vue")

    page = officer_client.get("/gestion/solos/solo/").content.decode()
    assert "03/02/2026" in page
    assert '<span class="badge badge-warn">estompée</span>' in page

    silent = officer_client.get("/gestion/solos/solo/?a_traiter=sans-nouvelles").content.decode()
    assert '<span class="badge badge-warn">estompée</span>' in silent
    assert "03/02/2026" not in silent
