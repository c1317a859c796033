"""Every page of the back-office opens, for an officer and for nobody else, at a constant cost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from territoires.models import DataVersion
from tests.factories import (
    BookingFactory,
    CommuneFactory,
    ConsentWordingFactory,
    CountedSearchFactory,
    DepartmentFactory,
    DirectorySettingsFactory,
    EnrolmentFactory,
    EpciFactory,
    ErasureFactory,
    EventFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    ImportRunFactory,
    JournalEntryFactory,
    MailTemplateFactory,
    NewsItemFactory,
    OrganisationFactory,
    OutgoingMailFactory,
    PackFactory,
    PageFactory,
    PaymentFactory,
    PictureFactory,
    PossibleDoubleFactory,
    ProgrammeFactory,
    ProgrammeGrantFactory,
    RightsMemberFactory,
    SectorFactory,
    SnapshotFactory,
    SoloFactory,
    SpaceFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    TradeFactory,
    UserFactory,
    UseStatementFactory,
    VillageGrantFactory,
    VillageReferentFactory,
    WaitFactory,
)
from tests.project.lists import everywhere

# What makes the nth row of each list, with neighbours of its own: a query per row would show.
ROWS: dict[str, Callable[[int], Any]] = {
    "accueil.event": lambda n: EventFactory(village=HostVillageFactory()),
    "comptes.user": lambda n: UserFactory(),
    "courrier.mailtemplate": lambda n: MailTemplateFactory(),
    "courrier.outgoingmail": lambda n: OutgoingMailFactory(),
    "images.picture": lambda n: PictureFactory(),
    "observatoire.snapshot": lambda n: SnapshotFactory(),
    "registre.consentwording": lambda n: ConsentWordingFactory(version=f"essai-{n}"),
    "registre.erasure": lambda n: ErasureFactory(),
    "registre.journalentry": lambda n: JournalEntryFactory(territory=TerritoryFactory()),
    "portail.newsitem": lambda n: NewsItemFactory(picture=PictureFactory()),
    "portail.page": lambda n: (
        (above := PageFactory(menu="footer"))
        and PageFactory(parent=above, territory=above.territory, picture=PictureFactory())
    ),
    "solos.countedsearch": lambda n: CountedSearchFactory(
        filters=f"metier={make('solos.trade', n).slug}&commune={CommuneFactory().pk}"
    ),
    "solos.directorysettings": lambda n: DirectorySettingsFactory(),
    "solos.possibledouble": lambda n: PossibleDoubleFactory(),
    "solos.sector": lambda n: SectorFactory(name=f"Secteur {n}", slug=f"secteur-{n}"),
    "solos.solo": lambda n: SoloFactory(trade=make("solos.trade", n)),
    "solos.trade": lambda n: TradeFactory(
        name=f"Métier {n}", slug=f"metier-{n}", sector=make("solos.sector", n)
    ),
    "telecentres.booking": lambda n: BookingFactory(),
    "telecentres.enrolment": lambda n: EnrolmentFactory(),
    "telecentres.pack": lambda n: PackFactory(),
    "telecentres.payment": lambda n: PaymentFactory(),
    "telecentres.rightsgroup": lambda n: RightsMemberFactory().group,
    "telecentres.space": lambda n: SpaceFactory(),
    "telecentres.wait": lambda n: WaitFactory(),
    "telecentres.telecentregrant": lambda n: TelecentreGrantFactory(),
    "telecentres.usestatement": lambda n: UseStatementFactory(),
    "territoires.programmegrant": lambda n: ProgrammeGrantFactory(),
    "territoires.territorygrant": lambda n: TerritoryGrantFactory(),
    "territoires.villagegrant": lambda n: VillageGrantFactory(),
    "telecentres.telecentre": lambda n: (
        SpaceFactory(telecentre__managing_organisation=OrganisationFactory()).telecentre
    ),
    "territoires.commune": lambda n: CommuneFactory(epci=make("territoires.epci", n)),
    "territoires.dataversion": lambda n: DataVersion.objects.create(name=f"jeu-{n}"),
    "territoires.department": lambda n: DepartmentFactory(code=f"9{n}", name=f"Département {n}"),
    "territoires.epci": lambda n: EpciFactory(siren=f"{n:09}", name=f"Communauté {n}"),
    "territoires.formercommune": lambda n: FormerCommuneFactory(
        insee_code=f"0970{n}", successor=CommuneFactory()
    ),
    "territoires.hostvillage": lambda n: VillageReferentFactory().village,
    "territoires.importrun": lambda n: ImportRunFactory(),
    "territoires.organisation": lambda n: OrganisationFactory(commune=CommuneFactory()),
    "territoires.programme": lambda n: ProgrammeFactory(lead=OrganisationFactory()),
    "territoires.territory": lambda n: TerritoryFactory(),
}

# Who is asking, on which territory, how many rows, the rows, the filters that one keeps; then
# one per filter or year,
# and the line of the journal where the rows are of people.
QUERIES = {
    "accueil.event": 9,
    "comptes.user": 7,
    "courrier.mailtemplate": 7,
    "courrier.outgoingmail": 9,
    "observatoire.snapshot": 10,
    "registre.consentwording": 6,
    "registre.erasure": 9,
    "registre.journalentry": 10,
    "images.picture": 7,
    "portail.newsitem": 9,
    "portail.page": 7,
    "solos.countedsearch": 11,
    "solos.directorysettings": 6,
    "solos.possibledouble": 8,
    "solos.sector": 6,
    "solos.solo": 9,
    "solos.trade": 7,
    "telecentres.booking": 8,
    "telecentres.enrolment": 10,
    "telecentres.pack": 8,
    "telecentres.payment": 8,
    "telecentres.rightsgroup": 7,
    "telecentres.space": 7,
    "telecentres.wait": 8,
    "telecentres.telecentregrant": 7,
    "telecentres.usestatement": 8,
    "territoires.programmegrant": 7,
    "territoires.territorygrant": 8,
    "territoires.villagegrant": 7,
    "telecentres.telecentre": 7,
    "territoires.commune": 8,
    "territoires.dataversion": 6,
    "territoires.department": 6,
    "territoires.epci": 6,
    "territoires.formercommune": 6,
    "territoires.hostvillage": 9,
    "territoires.importrun": 9,
    "territoires.organisation": 8,
    "territoires.programme": 9,
    "territoires.territory": 6,
}

LABELS = sorted(ROWS)


def make(label: str, number: int) -> Any:
    return ROWS[label](number)


def address(label: str, page: str, *args: object) -> str:
    app, model = label.split(".")
    return reverse(f"admin:{app}_{model}_{page}", args=args)


def model_admin(label: str) -> Any:
    return next(
        each for model, each in admin.site._registry.items() if model._meta.label_lower == label
    )


def test_every_list_is_tested():
    assert sorted(model._meta.label_lower for model in admin.site._registry) == LABELS


@pytest.mark.parametrize("label", LABELS)
def test_list_costs_the_same_for_one_row_and_for_three(
    label, territory, officer_client, django_assert_num_queries
):
    page = everywhere(label)
    make(label, 1)
    with django_assert_num_queries(QUERIES[label]):
        assert officer_client.get(page).status_code == 200

    make(label, 2), make(label, 3)
    with django_assert_num_queries(QUERIES[label]):
        assert officer_client.get(page).status_code == 200


@pytest.mark.parametrize("label", LABELS)
def test_pages_of_a_record_open_for_an_officer(label, territory, officer_client):
    row = make(label, 1)
    pages = [address(label, page, row.pk) for page in ("change", "history")]
    if model_admin(label).has_add_permission(_request_of(officer_client)):
        pages.append(address(label, "add"))
    if model_admin(label).has_delete_permission(_request_of(officer_client)):
        pages.append(address(label, "delete", row.pk))

    assert [officer_client.get(page).status_code for page in pages] == [200] * len(pages)


def _request_of(client: Client) -> Any:
    return client.get(reverse("admin:index")).wsgi_request


@pytest.mark.parametrize("label", LABELS)
def test_pages_ask_others_to_sign_in(label, territory):
    member = Client()
    member.force_login(UserFactory())
    row = make(label, 1)
    pages = [address(label, "changelist"), address(label, "change", row.pk)]

    for client in (Client(), member):
        for page in pages:
            response = client.get(page)
            assert (response.status_code, response["Location"]) == (
                302,
                f"{reverse('admin:login')}?next={page}",
            )


BAD_QUERIES = [
    "name=%00", "q=%00", "p=abc", "p=-1", "p=99999999999999999999", "o=999", "o=abc.1",
    "all=", "e=1", "inconnu=1", "id__exact=abc", "pk__in=a,b", "a_traiter=autre",
    "territory__id__exact=99999999999999999999", "territory__id__exact=x",
    "state__exact=%F0%9F%98%80", "starts_at__year=99999", "starts_at__month=99",
    "_to_field=password", "_changelist_filters=%3D%3D", "_facets=x", "is_staff__exact=7",
    "password__startswith=a", "user__password__startswith=a", "q=" + "a%20" * 500,
    "territoire=nulle-part", "existe=peut-etre", "created_at__gte=hier",
]  # fmt: skip


def break_list(client: Client, label: str, queries: list[str]) -> None:
    make(label, 1)
    for query in queries:
        response = client.get(f"{address(label, 'changelist')}?{query}")
        assert response.status_code in {200, 302, 400, 414}, query


@pytest.mark.parametrize(("number", "label"), list(enumerate(LABELS)))
def test_list_never_breaks_on_a_bad_address(number, label, territory, officer_client):
    break_list(officer_client, label, BAD_QUERIES[number % 4 :: 4])


@pytest.mark.trust
@pytest.mark.parametrize("label", LABELS)
def test_list_never_breaks_on_any_bad_address(label, territory, officer_client):
    break_list(officer_client, label, BAD_QUERIES)


@pytest.mark.parametrize("label", LABELS)
def test_record_that_does_not_exist_is_no_error(label, territory, officer_client):
    for key in ("abc", "0", "99999999999999999999", "_00", "%C3%A9", "1/../2"):
        for page in ("change", "history", "delete"):
            response = officer_client.get(address(label, "changelist") + f"{key}/{page}/")
            assert response.status_code in {302, 403, 404}, (key, page)


BAD_VALUES = ["abc", "99999999999999999999", "SRID=999999;POINT(1 1)", "\u202e", "[]", "1,2"]


@pytest.mark.parametrize("label", LABELS)
def test_form_ignores_what_an_address_should_not_fill(label, territory, officer_client):
    if not model_admin(label).has_add_permission(_request_of(officer_client)):
        pytest.skip("read-only")
    names = [field.name for field in model_admin(label).opts.get_fields()]

    for value in BAD_VALUES:
        # An address holds so many letters.
        for some in (names[:25], names[25:50], names[50:]):
            response = officer_client.get(address(label, "add"), dict.fromkeys(some, value))
            assert response.status_code == 200, value


def test_form_takes_the_choices_of_a_link(territory, officer_client):
    other = TerritoryFactory()

    form = (
        officer_client.get(
            address("accueil.event", "add"), {"territory": other.pk, "kind": "fair", "title": "Non"}
        )
        .context["adminform"]
        .form
    )

    assert (form.initial["territory"], form.initial["kind"]) == (str(other.pk), "fair")
    assert "title" not in form.initial


def test_refused_form_lists_what_to_correct_with_its_place(territory, officer_client):
    page = officer_client.post(address("solos.solo", "add"), {"email": "ana"}).content.decode()

    summary = page[page.index("error-summary") :].partition("</div>")[0]
    assert "Rien n’est encore enregistré." in summary
    assert '<li><a href="#id_email">E-mail</a>\u00a0: Saisissez une adresse' in summary
    assert '<a href="#id_last_name">' in summary


def test_words_of_the_library_are_ours(territory, officer_client):
    page = officer_client.get(address("solos.solo", "add"))
    listed = officer_client.get(address("solos.solo", "changelist")).content.decode()

    assert page.context["title"] == "Ajouter\u00a0: solo"
    assert "aucune ligne choisie sur" in listed
    assert "Sélectionnez l’objet" not in listed


def test_form_begins_in_the_territory_of_the_site(territory, officer_client):
    form = officer_client.get(address("solos.solo", "add")).context["adminform"].form

    assert form.initial == {"territory": territory.pk}


@pytest.mark.parametrize(
    "query",
    [
        "", "?term=foix", "?app_label=solos&model_name=solo&field_name=commune&term=%E2%80%AE",
        "?app_label=solos&model_name=solo&field_name=state&term=x",
        "?app_label=solos&model_name=solo&field_name=commune&page=abc",
        "?app_label=x&model_name=y&field_name=z",
    ],
)  # fmt: skip
def test_autocomplete_never_breaks(query, territory, officer_client):
    response = officer_client.get(reverse("admin:autocomplete") + query)

    assert response.status_code in {200, 403, 404}


# ---- The first page ------------------------------------------------------------------------
def test_home_greets_and_lists_what_there_is_to_do(territory, officer_client):
    SoloFactory(territory=territory)

    response = officer_client.get(reverse("admin:index"))

    assert response.context["title"] == f"Bonjour {response.wsgi_request.user}"
    assert [(line.count, target) for line, target in response.context["todos"]] == [
        (1, f"/gestion/solos/solo/?territory__id__exact={territory.pk}&state__exact=identified")
    ]


def test_home_of_a_manager_opens_on_their_place(territory):
    place = TelecentreFactory(territory=territory, name="Cap Delta")
    TelecentreFactory(territory=territory)
    client = Client()
    client.force_login(TelecentreGrantFactory(telecentre=place, user__is_staff=True).user)

    response = client.get(reverse("admin:index"))

    assert [one.name for one in response.context["places"]] == ["Cap Delta"]
    assert (response.context["shortcuts"], response.context["may_edit_site"]) == ([], False)
    addresses = [address for _line, address in response.context["todos"]]
    addresses += [address for _line, address in response.context["figures"]]
    addresses.append(reverse("admin:telecentres_telecentre_day", args=[place.pk]))
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_home_without_territory_says_where_to_begin(officer_client):
    response = officer_client.get(reverse("admin:index"))

    assert response.status_code == 200
    assert [target for _step, target in response.context["steps"]][:2] == [
        "/gestion/installer/",
        "/gestion/territoires/commune/",
    ]


def test_home_costs_the_same_whatever_the_work(
    territory, officer, officer_client, django_assert_num_queries
):
    content_type = ContentType.objects.get_for_model(type(officer))
    for count in (1, 2):
        for number in range(count):
            solo = SoloFactory(territory=territory)
            TelecentreFactory(territory=territory)
            EventFactory(territory=territory)
            LogEntry.objects.create(
                user=officer,
                content_type=content_type,
                object_id=solo.pk,
                object_repr=f"{solo} {number}",
                action_flag=ADDITION,
            )
        with django_assert_num_queries(28):
            officer_client.get(reverse("admin:index"))


def test_home_lists_every_list_once(territory, officer_client):
    sections = officer_client.get(reverse("admin:index")).context["app_list"]

    shown = [row["model"]._meta.label_lower for section in sections for row in section["models"]]
    assert sorted(shown) == LABELS
    assert [section["name"] for section in sections] == [
        "L’annuaire", "L’accueil", "Les télécentres", "Le site", "Le programme",
        "La carte officielle", "La maison",
    ]  # fmt: skip


def test_sign_in_leads_to_the_one_way_in(client, db):
    answer = client.get(reverse("admin:login"))

    assert (answer.status_code, answer["Location"]) == (302, "/compte/connexion/?next=/gestion/")


def test_office_is_refused_to_a_member(territory, client):
    client.force_login(UserFactory())

    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_password_is_changed_on_the_account_page(territory, officer_client):
    answer = officer_client.get(reverse("admin:password_change"))

    assert answer["Location"] == "/compte/mot-de-passe/"


def test_pages_carry_no_inline_script_or_style(territory, officer_client):
    SoloFactory(territory=territory)
    TelecentreFactory(territory=territory)
    pages = [reverse("admin:index"), address("telecentres.telecentre", "add")]

    for page in pages:
        body = officer_client.get(page).content.decode()
        assert "<style" not in body
        assert " style=" not in body
        assert "<script>" not in body


def test_year_is_never_written_with_a_space(territory, officer_client):
    CommuneFactory(foix=True, population_year=2023)

    body = officer_client.get(address("territoires.commune", "change", "09122")).content.decode()

    assert "9\u202f493 en 2023" in body.replace("&nbsp;", "\u202f").replace("\xa0", "\u202f")


def test_date_hierarchy_opens_each_level(territory, officer_client):
    SnapshotFactory(territory=territory, day=date(2026, 3, 1))

    for query in (
        "day__year=2026",
        "day__year=2026&day__month=3",
        "day__year=2026&day__month=3&day__day=1",
    ):
        assert (
            officer_client.get(
                f"{address('observatoire.snapshot', 'changelist')}?{query}"
            ).status_code
            == 200
        )
