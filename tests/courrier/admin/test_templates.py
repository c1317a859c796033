import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from courrier.messages import DIGEST
from courrier.models import MailTemplate, OutgoingMail
from tests.factories import (
    MailTemplateFactory,
    OutgoingMailFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
)

LIST = reverse("admin:courrier_mailtemplate_changelist")
ADD = reverse("admin:courrier_mailtemplate_add")
WORDS = {"subject": "Objet {{ jour }}", "body": "{{ nouvelles }}", "subject_en": "", "body_en": ""}
SAID = {"territoire": "Ariège", "jour": "lundi", "nouvelles": [{"words": "Une", "address": ""}]}


def page_of(template) -> str:
    return reverse("admin:courrier_mailtemplate_change", args=[template.pk])


def preview_of(template, language="fr") -> str:
    return reverse("admin:courrier_mailtemplate_preview", args=[template.pk, language])


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(
    territory, officer_client, django_assert_num_queries, count
):
    for _turn in range(count):
        MailTemplateFactory(territory=TerritoryFactory())

    with django_assert_num_queries(7):
        assert len(officer_client.get(LIST).context["cl"].result_list) == count


def test_list_names_every_message_of_the_site(territory, officer_client):
    MailTemplateFactory(territory=territory, message="disparu")

    page = officer_client.get(LIST).content.decode()

    assert f'<a href="{ADD}?message=courrier.digest">Résumé du jour</a>' in page
    assert "disparu" in page


def test_add_proposes_the_message_of_the_link_and_the_only_territory(territory, officer_client):
    form = officer_client.get(ADD, {"message": DIGEST.key}).context["adminform"].form

    assert form.initial == {"message": DIGEST.key, "territory": territory.pk}


def test_add_believes_nothing_else_of_the_link(territory, officer_client):
    TerritoryFactory()

    link = {"message": "inconnu", "territory": "abc", "subject": "x"}
    assert officer_client.get(ADD, link).context["adminform"].form.initial == {}


def test_add_starts_from_our_words(territory, officer_client):
    response = officer_client.post(ADD, {"message": DIGEST.key, "territory": territory.pk})

    template = MailTemplate.objects.get()
    assert response["Location"] == page_of(template)
    assert (template.subject, template.body) == (DIGEST.subject, DIGEST.body)
    assert (template.subject_en, template.body_en) == (DIGEST.subject_en, DIGEST.body_en)


def test_add_twice_is_refused(territory, officer_client):
    MailTemplateFactory(territory=territory)

    response = officer_client.post(ADD, {"message": DIGEST.key, "territory": territory.pk})

    assert "Ce territoire a déjà son texte pour ce message." in response.content.decode()
    assert MailTemplate.objects.count() == 1


def test_page_tells_the_places_and_shows_both_languages(territory, officer_client):
    template = MailTemplateFactory(territory=territory, subject="À nous")

    response = officer_client.get(page_of(template))

    page = response.content.decode()
    assert "<code>{{ nouvelles }}</code>" in page
    assert f'src="{preview_of(template)}"' in page
    assert f'src="{preview_of(template, "en")}"' in page
    assert "Avec les exemples" in page
    assert "Ariège: your news of mardi 4 mars" in page
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_preview_is_on_real_data_once_there_is_some(territory, officer_client):
    OutgoingMailFactory(territory=territory, message=DIGEST.key, variables=SAID)
    template = MailTemplateFactory(territory=territory, subject="Objet {{ jour }}")

    assert "Avec ce que disait le dernier" in officer_client.get(page_of(template)).content.decode()
    response = officer_client.get(preview_of(template))

    assert "<h1>Objet lundi</h1>" in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["de", "x", "__class__"])
def test_preview_in_no_language_of_ours_is_404(territory, officer_client, language):
    template = MailTemplateFactory(territory=territory)

    assert officer_client.get(preview_of(template, language)).status_code == 404


def test_words_are_saved(territory, officer_client):
    template = MailTemplateFactory(territory=territory)

    officer_client.post(page_of(template), WORDS | {"body": "a\x0bb {{ nouvelles }}"})

    template.refresh_from_db()
    assert (template.subject, template.body) == ("Objet {{ jour }}", "a\nb {{ nouvelles }}")


@pytest.mark.parametrize("field", ["subject", "body", "subject_en", "body_en"])
@pytest.mark.parametrize("place", ["{{ x.__class__ }}", "{{ autre }}", "{% load x %}", "{{ jour"])
def test_words_with_another_place_are_refused_and_say_which_exist(
    territory, officer_client, field, place
):
    template = MailTemplateFactory(territory=territory, subject="Avant")

    response = officer_client.post(page_of(template), WORDS | {field: f"Texte {place}"})

    assert list(response.context["adminform"].form.errors) == [field]
    [sentence] = response.context["adminform"].form.errors[field]
    assert sentence.endswith(
        "ne peut pas être rempli dans ce message. Écrivez plutôt : "
        "{{ jour }}, {{ nouvelles }}, {{ territoire }}."
    )
    template.refresh_from_db()
    assert (template.subject, template.body) == ("Avant", "")


@pytest.mark.parametrize(("language", "subject"), [("fr", "Objet mardi 4 mars"), ("en", "Ariège")])
def test_trial_saves_then_reaches_oneself(territory, officer, officer_client, language, subject):
    template = MailTemplateFactory(territory=territory)

    response = officer_client.post(page_of(template), WORDS | {f"_trial_{language}": "x"})

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.language) == (officer.email, language)
    assert mail.subject.startswith(subject)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        f"Un essai part vers {officer.email}."
    ]


def test_return_to_our_words_is_asked_then_done(territory, officer_client):
    template = MailTemplateFactory(territory=territory)
    address = reverse("admin:courrier_mailtemplate_delete", args=[template.pk])
    assert f'href="{address}"' in officer_client.get(page_of(template)).content.decode()

    assert "« Résumé du jour »" in officer_client.get(address).content.decode()
    assert MailTemplate.objects.count() == 1

    officer_client.post(address, {"post": "yes"})
    assert MailTemplate.objects.count() == 0


@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_page_of_nothing_leads_back(territory, officer_client, page):
    address = reverse(f"admin:courrier_mailtemplate_{page}", args=[999])

    assert officer_client.get(address).status_code == 302
    assert officer_client.get(f"{LIST}999/apercu/fr/").status_code == 404


def test_page_of_a_message_no_longer_sent_is_404(territory, officer_client):
    template = MailTemplateFactory(territory=territory, message="disparu")

    assert officer_client.get(page_of(template)).status_code == 404
    assert officer_client.get(preview_of(template)).status_code == 404


def test_staff_without_territory_words_nothing(territory, client):
    client.force_login(TerritoryGrantFactory().user)
    template = MailTemplateFactory(territory=territory)

    assert list(client.get(LIST).context["cl"].result_list) == []
    assert client.get(page_of(template)).status_code == 302
    assert client.get(preview_of(template)).status_code == 404
    response = client.post(ADD, {"message": DIGEST.key, "territory": territory.pk})
    assert list(response.context["adminform"].form.errors) == ["territory"]
    assert MailTemplate.objects.count() == 1


def test_staff_without_the_right_sees_no_preview(territory, client):
    client.force_login(TelecentreGrantFactory().user)

    assert client.get(preview_of(MailTemplateFactory(territory=territory))).status_code == 404
