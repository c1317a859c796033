from registre.enums import ConsentUse
from solos.enums import PublicField
from solos.models import ProposedEdit, UnreadEdit


def test_what_no_longer_exists_is_left_out():
    """A column renamed since, a field that nobody can show any more."""
    edit = ProposedEdit(
        changes={"offers": "Des cartes", "shoe_size": 42},
        agreed=[["page", "offers", "v1"], ["page", "shoe_size", "v1"], "mot"],
    )

    assert edit.values == {"offers": "Des cartes"}
    assert edit.consents == [(ConsentUse.PAGE, PublicField.OFFERS, "v1")]
    assert UnreadEdit(fields=["photo", "offers", "shoe_size"]).columns == ["offers"]
