from django.urls import reverse

from comptes.models import User

ADD = reverse("admin:comptes_user_add")
NEW = {
    "email": "Ana@Exemple.fr", "first_name": "Ana", "last_name": "Ruiz", "is_staff": "on",
    "usable_password": "true", "password1": "une longue phrase", "password2": "une longue phrase",
}  # fmt: skip


def test_account_is_opened_with_its_email(territory, officer_client):
    officer_client.post(ADD, NEW)

    user = User.objects.get(first_name="Ana")
    assert (user.email, user.is_staff, user.is_superuser) == ("ana@exemple.fr", True, False)
    assert user.check_password("une longue phrase")


def test_address_is_kept_as_signing_in_looks_for_it(territory, officer_client):
    officer_client.post(ADD, {**NEW, "email": "ana@\uff25xemple.fr"})

    assert User.objects.get(first_name="Ana").email == "ana@exemple.fr"


def test_short_password_is_refused(territory, officer_client):
    officer_client.post(ADD, {**NEW, "password1": "bonjour", "password2": "bonjour"})

    assert User.objects.filter(first_name="Ana").count() == 0


def test_address_taken_in_other_capitals_is_refused(territory, officer, officer_client):
    response = officer_client.post(ADD, {**NEW, "email": officer.email.upper()})

    assert "email" in response.context["adminform"].form.errors
    assert User.objects.count() == 1
