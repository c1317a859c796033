"""Files served as they were sent become waiting pictures; none is lost, none stays where it was."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from images.models import originals
from images.tasks import prepare_picture
from tests.factories.images import encoded
from tests.images.domain.test_drawing import SECRET, told

BEFORE = [
    ("solos", "0008_first_verified"),
    ("telecentres", "0002_grants"),
    ("territoires", "0007_indexes_that_are_read"),
]
STEPS = [
    [
        ("solos", "0009_pictures"),
        ("telecentres", "0003_pictures"),
        ("territoires", "0008_pictures"),
    ],
    [
        ("solos", "0010_files_become_pictures"),
        ("telecentres", "0004_files_become_pictures"),
        ("territoires", "0009_files_become_pictures"),
    ],
    [
        ("solos", "0011_no_raw_files"),
        ("telecentres", "0005_no_raw_files"),
        ("territoires", "0010_no_raw_files"),
    ],
]
FILES = {
    "solos/ana.jpg": told(),
    "solos/ancienne.jpg": told(),
    "villages/foix.png": encoded("PNG"),
    "telecentres/le-relais.webp": encoded("WEBP"),
    "territoires/logo.jpg": encoded(),
}


# All the later migrations are walked back first: long, and frozen since.
pytestmark = pytest.mark.trust


def migrate(*steps):
    for step in steps:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        executor = MigrationExecutor(connection)
        executor.migrate(step)
    return executor.loader.project_state(steps[-1]).apps


@pytest.fixture
def past(db):
    for name, content in FILES.items():
        default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
    return migrate(*STEPS[-2::-1], BEFORE)


def fill(apps):
    territory = apps.get_model("territoires", "Territory").objects.create(
        name="Essai", slug="essai", in_name="à l’essai", agency_name="Agence",
        logo="territoires/logo.jpg", logo_alternative="Trois sommets",
    )  # fmt: skip
    department, _made = apps.get_model("territoires", "Department").objects.get_or_create(
        code="09", defaults={"name": "Ariège", "region_code": "76"}
    )
    commune = apps.get_model("territoires", "Commune").objects.create(
        insee_code="09122", name="Foix", department=department
    )
    here = {"territory": territory, "commune": commune}
    apps.get_model("territoires", "HostVillage").objects.create(
        **here, slug="foix", committed_on="2025-01-01",
        photo="villages/foix.png", photo_alternative="Le château",
    )  # fmt: skip
    apps.get_model("telecentres", "Telecentre").objects.create(
        **here, name="Le Relais", slug="le-relais", point="POINT(1.61 42.97)",
        photo="telecentres/le-relais.webp", photo_alternative="La façade",
    )  # fmt: skip
    solos = apps.get_model("solos", "Solo").objects
    ana = solos.create(
        **here, slug="ana", first_name="Ana", last_name="Ruiz", photo="solos/ana.jpg"
    )
    solos.create(**here, slug="leo", first_name="Léo", last_name="Sans", photo="solos/perdue.jpg")
    solos.create(**here, slug="zoe", first_name="Zoé", last_name="Nue")
    apps.get_model("solos", "HistoricalSolo").objects.create(
        id=ana.pk, slug="ana", photo="solos/ancienne.jpg",
        history_date="2025-01-01T00:00Z", history_type="~",
        created_at="2025-01-01T00:00Z", updated_at="2025-01-01T00:00Z",
    )  # fmt: skip


def test_files_become_waiting_pictures_and_are_served_no_more(
    past, django_capture_on_commit_callbacks
):
    fill(past)

    with django_capture_on_commit_callbacks() as callbacks:
        now = migrate(*STEPS)
    # No file is touched until all is written.
    assert [name for name in FILES if default_storage.exists(name)] == list(FILES)
    for callback in callbacks:
        callback()

    pictures = now.get_model("images", "Picture").objects
    ana = now.get_model("solos", "Solo").objects.get(slug="ana")
    told_of = pictures.order_by("alternative").values_list("alternative", "state", "subject")
    assert list(told_of) == [
        ("La façade", "waiting", ""),
        ("Le château", "waiting", ""),
        ("Portrait de Ana Ruiz", "waiting", f"solos.solo:{ana.pk}"),
        ("Trois sommets", "waiting", ""),
    ]
    shown = [
        ana.photo,
        now.get_model("territoires", "HostVillage").objects.get().photo,
        now.get_model("telecentres", "Telecentre").objects.get().photo,
        now.get_model("territoires", "Territory").objects.get(slug="essai").logo,
    ]
    names = ["solos/ana.jpg", *list(FILES)[2:]]
    assert [originals().open(one.original.name).read() for one in shown] == [
        FILES[name] for name in names
    ]
    assert [name for name in FILES if default_storage.exists(name)] == []
    others = now.get_model("solos", "Solo").objects.exclude(slug="ana")
    assert [solo.photo for solo in others] == [None, None]

    assert prepare_picture(ana.photo_id)
    ready = pictures.get(pk=ana.photo_id)
    stem = f"images/{ready.digest[:2]}/{ready.digest}"
    assert SECRET not in default_storage.open(f"{stem}.jpg").read()
