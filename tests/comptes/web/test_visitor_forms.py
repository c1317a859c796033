import pytest
from django import forms

from comptes.web.visitor_forms import AddressField, TrappedForm


class Letter(TrappedForm):
    email = AddressField(label="Votre e-mail")


def test_hidden_box_is_not_among_those_asked_for():
    form = Letter()

    assert [field.name for field in form.asked()] == ["email"]
    assert 'autocomplete="email"' in str(form["email"])


@pytest.mark.parametrize(("sujet", "is_trapped"), [("", False), ("Achetez", True)])
def test_program_is_known_by_what_it_fills_in(sujet, is_trapped):
    form = Letter({"email": "ada@exemple.fr", "sujet": sujet})

    assert form.is_valid()
    assert form.is_trapped == is_trapped


@pytest.mark.parametrize("typed", ["ada@exemple.fr", " ADA@Exemple.FR "])
def test_two_spellings_of_an_address_are_one(typed):
    assert AddressField().clean(typed) == "ada@exemple.fr"


@pytest.mark.parametrize(
    "typed",
    ["", "ada", "ada@exemple.fr\nBcc: x@y.fr", "\u0430da@exemple.fr", f"{'a' * 250}@exemple.fr"],
)
def test_what_no_mail_can_reach_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        AddressField().clean(typed)
