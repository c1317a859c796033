import pytest

from tests.factories import CommuneFactory, UserFactory

COMMUNES = "/api/v1/communes/"
FOIX = "/api/v1/communes/09122/"


@pytest.fixture
def foix(territory):
    return CommuneFactory(foix=True)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes(officer_client, foix, method):
    answer = getattr(officer_client, method)(FOIX, {"name": "Autre"}, "application/json")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert list(answer.json()) == ["detail"]
    foix.refresh_from_db()
    assert foix.name == "Foix"


def test_head_and_options_are_answered(client, foix):
    head, options = client.head(FOIX), client.options(FOIX)

    assert (head.status_code, head.content) == (200, b"")
    assert (options.status_code, options.content) == (204, b"")
    assert options["Allow"] == "GET, HEAD, OPTIONS"


def test_answer_is_kept_half_a_minute_by_anyone(client, foix):
    answer = client.get(COMMUNES)

    assert answer["Cache-Control"] == "public, max-age=30"
    assert sorted(answer["Vary"].split(", ")) == [
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "origin",
    ]
    assert answer["Content-Language"] == "fr"
    assert not answer.cookies


def test_answer_kept_asks_nothing_of_the_database(client, foix, django_assert_num_queries):
    client.get(COMMUNES)

    with django_assert_num_queries(0):
        kept = client.get(COMMUNES)

    assert kept.status_code == 200
    assert kept.json()["results"][0]["name"] == "Foix"


def test_answer_kept_is_that_of_its_host(client, foix):
    client.get(COMMUNES)

    answer = client.get(COMMUNES, HTTP_HOST="ariege.localhost").json()

    assert answer["results"][0]["url"] == "http://ariege.localhost/api/v1/communes/09122/"


def test_who_is_signed_in_reads_what_everyone_reads(client, officer_client, foix):
    assert officer_client.get(COMMUNES).content == client.get(COMMUNES).content


def test_session_is_never_looked_at(client, foix, django_assert_num_queries):
    client.force_login(UserFactory())

    with django_assert_num_queries(3):  # as for everyone
        answer = client.get(COMMUNES)

    assert "Cookie" not in answer["Vary"]


@pytest.mark.parametrize("address", [COMMUNES, FOIX, "/api/v1/", "/api/v1/schema/"])
def test_etag_unchanged_is_304(client, foix, address):
    etag = client.get(address)["ETag"]

    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = client.get(address, HTTP_IF_NONE_MATCH=known)
        assert (answer.status_code, answer.content) == (304, b""), known
        assert answer["ETag"] == etag
        assert answer["Cache-Control"] == "public, max-age=30"


def test_etag_changes_with_the_data(client, foix):
    from django.core.cache import cache

    etag = client.get(COMMUNES)["ETag"]
    foix.population = 1
    foix.save()
    cache.clear()

    answer = client.get(COMMUNES, HTTP_IF_NONE_MATCH=etag)

    assert answer.status_code == 200
    assert answer["ETag"] != etag


@pytest.mark.parametrize("known", ["", "abc", '"', "W/", '"a' * 500, ",,,", "\xff"])
def test_etag_unreadable_is_ignored(client, foix, known):
    assert client.get(FOIX, HTTP_IF_NONE_MATCH=known).status_code == 200


def test_error_is_not_kept(client, territory):
    answer = client.get(FOIX)

    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert not answer.has_header("ETag")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("fr", "Saisissez un nombre entier."),
        ("", "Saisissez un nombre entier."),
        ("de", "Saisissez un nombre entier."),
        ("en-GB,fr;q=0.5", "Enter a whole number."),
        ("x" * 5_000, "Saisissez un nombre entier."),
    ],
)
def test_error_speaks_the_language_of_the_caller(client, foix, asked, sentence):
    answer = client.get(f"{COMMUNES}?population_min=a", HTTP_ACCEPT_LANGUAGE=asked)

    assert answer.json()["errors"] == {"population_min": [sentence]}


def test_data_is_the_same_in_every_language(client, foix):
    french = client.get(COMMUNES)
    english = client.get(f"{COMMUNES}?format=json", HTTP_ACCEPT_LANGUAGE="en")

    assert english["Content-Language"] == "fr"
    assert english.json() == french.json()


@pytest.mark.parametrize("address", [COMMUNES, FOIX])
@pytest.mark.parametrize("origin", ["https://chambre.example", "null"])
def test_any_site_may_read(client, foix, address, origin):
    answer = client.get(address, HTTP_ORIGIN=origin)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.has_header("Access-Control-Allow-Credentials")


def test_no_site_may_write(client, foix):
    answer = client.options(
        FOIX, HTTP_ORIGIN="https://evil.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="DELETE"
    )

    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_page_of_the_site_is_not_shared_with_other_sites(client, territory):
    answer = client.get("/healthz", HTTP_ORIGIN="https://evil.example")

    assert not answer.has_header("Access-Control-Allow-Origin")


def test_without_territory_it_says_so(client, db):
    answer = client.get(COMMUNES)

    assert answer.status_code == 503
    assert answer.json() == {"detail": "Aucun territoire n’est encore ouvert ici."}
