import pytest

from accueil.models import Event
from observatoire.domain.indicators import current_figures
from observatoire.models import Snapshot
from portail.demo.loading import (
    NotADemo,
    load_demo,
    remove_everything,
)
from portail.demo.setting import END_OF_PROGRAMME, MIDDLE_OF_PROGRAMME, Stage
from solos.models import Solo
from telecentres.models import Telecentre
from territoires.models import Commune, HostVillage, Programme, Territory

PAST = "l-ariege-accueille-les-solos"


def everything() -> list[object]:
    """What a seed decides, without the moments and keys that every run makes anew."""
    return [
        sorted(
            Solo.objects.values_list(
                "slug", "trade__slug", "commune_id", "phone", "presentation", "offers", "state",
                "skills", "arrived_in", "published_fields", "state_changes__changed_on",
            ),
            key=str,
        ),
        sorted(Event.objects.values_list("slug", "starts_at", "state", "presentation")),
        sorted(Telecentre.objects.values_list("slug", "state", "spaces__name"), key=str),
        sorted(HostVillage.objects.values_list("slug", "committed_on", "welcome")),
        sorted(Snapshot.objects.values_list("indicator", "day", "value")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "day", "expected"),
    [
        (Stage.MIDDLE, MIDDLE_OF_PROGRAMME, (78, 40)),
        (Stage.END, END_OF_PROGRAMME, (87, 47)),
    ],
)
def test_load_demo_of_the_past_counts_as_the_real_programme_did(
    demo, past_figures, stage, day, expected
):
    loaded = demo(stage)

    assert past_figures(day) == expected
    assert (loaded.solos, loaded.in_directory) == expected
    live = {row.indicator.key: row.value for row in current_figures(loaded.territory)}
    assert (live["solos_identified"], live["solos_in_directory"]) == expected
    # The past knows nothing of what came after.
    assert list(Programme.objects.values_list("slug", flat=True)) == [PAST]
    assert Event.objects.filter(starts_at__date__gt=day).count() == 0
    assert HostVillage.objects.filter(committed_on__gt=day).count() == 0


def test_load_demo_with_same_seed_gives_the_same_and_another_seed_another(demo):
    runs = []
    for seed in (9, 9, 10):
        demo(Stage.END, seed=seed)
        runs.append(everything())
        remove_everything()

    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_load_demo_outside_a_demo_changes_nothing(db, settings):
    settings.DEMO = False

    with pytest.raises(NotADemo):
        load_demo(folder="ariege", stage=Stage.TODAY, seed=9)

    assert Territory.objects.count() == Commune.objects.count() == 0


def test_load_demo_beside_another_default_territory_leaves_it_so(territory, settings):
    settings.DEMO = True

    loaded = load_demo(folder="gers", stage=Stage.MIDDLE, seed=9)

    assert list(Territory.objects.filter(is_default=True)) == [territory]
    assert loaded.territory.host_name == "gers.localhost"


def test_remove_everything_outside_a_demo_changes_nothing(territory, settings):
    settings.DEMO = False

    with pytest.raises(NotADemo):
        remove_everything()

    assert list(Territory.objects.all()) == [territory]
