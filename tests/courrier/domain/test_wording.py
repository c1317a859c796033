import pytest

from courrier.domain.wording import Wording, word_anew, wording_of
from courrier.messages import DIGEST
from tests.courrier.examples import CODE
from tests.factories import MailTemplateFactory, TerritoryFactory

OURS = Wording(DIGEST.subject, DIGEST.body, "fr")
OURS_EN = Wording(DIGEST.subject_en, DIGEST.body_en, "en")


@pytest.mark.parametrize(("language", "wording"), [("fr", OURS), ("en", OURS_EN), ("de", OURS)])
def test_wording_is_ours_until_an_agency_words_it(territory, language, wording):
    MailTemplateFactory(territory=TerritoryFactory(), subject="Ailleurs", body="Ailleurs")

    assert wording_of(DIGEST, territory, language) == wording


def test_wording_without_territory_is_ours(territory):
    MailTemplateFactory(territory=territory, subject="À nous")

    assert wording_of(DIGEST, None, "fr") == OURS


def test_wording_is_the_agency_s_where_it_wrote_one(territory):
    MailTemplateFactory(territory=territory, subject="À nous", body_en="Ours {{ jour }}")

    assert wording_of(DIGEST, territory, "fr") == Wording("À nous", DIGEST.body, "fr")
    assert wording_of(DIGEST, territory, "en") == Wording(
        DIGEST.subject_en, "Ours {{ jour }}", "en"
    )


def test_wording_without_english_anywhere_is_french_and_says_so(territory):
    MailTemplateFactory(territory=territory, message=CODE.key, body="Le code : {{ code }}")

    assert wording_of(CODE, territory, "en") == Wording("Votre code", "Le code : {{ code }}", "fr")


@pytest.mark.parametrize("field", ["subject", "body", "subject_en", "body_en"])
def test_wording_that_the_message_no_longer_fills_gives_way_to_ours(territory, field):
    MailTemplateFactory(territory=territory, **{"subject": "À nous", field: "{{ retiree }}"})

    assert wording_of(DIGEST, territory, "fr") == OURS


def test_word_anew_starts_from_ours(territory):
    template = word_anew(message=DIGEST, territory=territory)

    template.save()
    assert wording_of(DIGEST, territory, "fr") == OURS
    assert wording_of(DIGEST, territory, "en") == OURS_EN
