def test_healthz_asks_nothing_of_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


def test_readyz_with_everything_there(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": True})


def test_readyz_without_redis_is_ready_and_says_so(client, db, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True},
        }
    }

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": False})


def test_readyz_without_database_is_not_ready(client, no_database):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"database": False, "cache": True})


def test_healthz_without_database_still_answers(client, no_database):
    assert client.get("/healthz").status_code == 200


def test_probes_refuse_another_host(client, db):
    assert client.get("/healthz", HTTP_HOST="evil.example").status_code == 400
