"""Communes that leave the official list, and those that come back."""

from datetime import date

import pytest
import time_machine

from territoires.domain.communes_import import import_communes, movements
from territoires.enums import FormerCommuneKind, ImportOutcome
from territoires.models import Commune, DataVersion, FormerCommune, HostVillage
from tests.factories import CommuneFactory, HostVillageFactory
from tests.territoires.domain.communes_files import DATA, list_of, records, write_csv

TWENTY = [f"09{number}" for number in range(900, 920)]


@pytest.fixture
def twenty(db, tmp_path) -> None:
    """Twenty communes of Ariège and one of the Gers, as of 2026."""
    import_communes(list_of(tmp_path / "l.csv", TWENTY))
    gers = {"codeDepartement": "32"}
    import_communes(list_of(tmp_path / "l.csv", ["32901"], **gers))


def ended() -> list[tuple[str, date | None, str | None]]:
    rows = Commune.objects.exclude(ended_on=None).order_by("pk")
    return list(rows.values_list("pk", "ended_on", "successor_id"))


def former_file(path, code: str, successor: str):
    row = {"code": code, "nom": "", "codeActuel": successor, "nomActuel": "", "type": "ancien-code"}
    return write_csv(path, [row])


def test_absent_commune_is_ended_and_kept(twenty, territory, tmp_path):
    HostVillageFactory(territory=territory, commune=Commune.objects.get(pk="09919"))

    run = import_communes(list_of(tmp_path / "l.csv", TWENTY[:-1]), vintage=2027)

    assert (run.rows_ended, run.report["ended"]) == (1, ["09919"])
    assert ended() == [("09919", date(2027, 1, 1), None)]
    assert HostVillage.objects.get().commune_id == "09919"


def test_absent_commune_of_undated_list_ends_today(twenty, tmp_path):
    text = "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n" + "".join(
        f"COM,{code},76,09,,,0,C,C {code},C {code},,\n" for code in TWENTY[1:]
    )
    path = tmp_path / "cog.csv"
    path.write_text(text, encoding="utf-8")

    with time_machine.travel(date(2027, 3, 5)):
        import_communes(path)

    assert ended() == [("09900", date(2027, 3, 5), None)]


def test_ended_commune_leads_to_the_successor_that_the_base_knows(twenty, tmp_path):
    import_communes(former_file(tmp_path / "a.csv", "09919", "09901"))

    import_communes(list_of(tmp_path / "l.csv", TWENTY[:-1]), vintage=2027)

    assert ended() == [("09919", date(2027, 1, 1), "09901")]


def test_ended_commune_leads_to_the_successor_that_comes_later(twenty, tmp_path):
    import_communes(list_of(tmp_path / "l.csv", TWENTY[:-1]), vintage=2027)

    run = import_communes(former_file(tmp_path / "a.csv", "09919", "09901"))

    assert ended() == [("09919", date(2027, 1, 1), "09901")]
    former = FormerCommune.objects.get(pk="09919")
    assert (former.name, former.successor_id) == ("Commune 09919", "09901")
    assert run.rows_created == 1


def test_names_that_led_to_an_ended_commune_lead_on(twenty, tmp_path):
    FormerCommune.objects.create(
        insee_code="09950",
        name="Hameau",
        kind=FormerCommuneKind.DELEGATED,
        successor_id="09919",
    )
    import_communes(former_file(tmp_path / "a.csv", "09919", "09901"))

    import_communes(list_of(tmp_path / "l.csv", TWENTY[:-1]), vintage=2027)

    assert FormerCommune.objects.get(pk="09950").successor_id == "09901"
    assert [commune.pk for commune in Commune.objects.current().named_like("hameau")] == ["09901"]


def test_successor_that_ends_in_turn_hands_on(twenty, tmp_path):
    import_communes(former_file(tmp_path / "a.csv", "09919", "09918"))
    import_communes(list_of(tmp_path / "l.csv", TWENTY[:-1]), vintage=2027)
    import_communes(former_file(tmp_path / "a.csv", "09918", "09901"))

    import_communes(list_of(tmp_path / "l.csv", TWENTY[:-2]), vintage=2028)

    assert ended() == [
        ("09918", date(2028, 1, 1), "09901"),
        ("09919", date(2027, 1, 1), "09901"),
    ]
    assert dict(FormerCommune.objects.values_list("pk", "successor_id")) == {
        "09918": "09901",
        "09919": "09901",
    }


def test_commune_that_comes_back_lives_again(twenty, tmp_path):
    import_communes(former_file(tmp_path / "a.csv", "09919", "09901"))
    import_communes(list_of(tmp_path / "l.csv", TWENTY[:-1]), vintage=2027)

    run = import_communes(list_of(tmp_path / "l.csv", TWENTY), vintage=2028)

    assert run.report["restored"] == ["09919"]
    assert ended() == []
    assert Commune.objects.get(pk="09919").successor is None
    assert not FormerCommune.objects.filter(pk="09919").exists()


def test_list_of_one_department_ends_none_of_the_others(twenty, tmp_path):
    import_communes(list_of(tmp_path / "l.csv", ["32901"], codeDepartement="32"), vintage=2027)

    assert ended() == []


def test_partial_list_ends_nobody(twenty, tmp_path):
    run = import_communes(list_of(tmp_path / "l.csv", TWENTY[:5]), vintage=2027)

    assert ended() == []
    assert run.rows_ended == 0
    assert list(run.report["notices"].values()) == [15]


def test_partial_list_said_complete_ends_the_others(twenty, tmp_path):
    run = import_communes(list_of(tmp_path / "l.csv", TWENTY[:5]), vintage=2027, complete=True)

    assert run.rows_ended == 15
    assert [code for code, _on, _successor in ended()] == TWENTY[5:]


def test_partial_list_ends_those_whose_successor_is_known(twenty, tmp_path):
    import_communes(former_file(tmp_path / "a.csv", "09919", "09901"))

    import_communes(list_of(tmp_path / "l.csv", TWENTY[:5]), vintage=2027)

    assert ended() == [("09919", date(2027, 1, 1), "09901")]


@pytest.mark.parametrize("name", ["etalab-contours.geojson", "contours-simplified.ndjson"])
def test_contours_end_nobody(twenty, name):
    import_communes(DATA / name)

    assert ended() == []


def test_commune_of_a_refused_row_is_not_absent(twenty, tmp_path):
    path = list_of(tmp_path / "l.csv", TWENTY)
    path.write_text(path.read_text().replace("09919,Commune 09919", "09919,"))

    run = import_communes(path, skip_bad=True, vintage=2027)

    assert (run.rows_refused, run.rows_ended) == (1, 0)
    assert ended() == []


def test_nobody_is_absent_when_a_refused_row_lost_its_code(twenty, tmp_path):
    path = list_of(tmp_path / "l.csv", TWENTY)
    path.write_text(path.read_text().replace("09919,", "9919,"))

    run = import_communes(path, skip_bad=True, vintage=2027)

    assert (run.rows_refused, run.rows_ended) == (1, 0)
    assert list(run.report["notices"].values()) == [1]


def test_older_list_is_refused(twenty, tmp_path):
    version = DataVersion.current(DataVersion.MAP)

    run = import_communes(list_of(tmp_path / "l.csv", TWENTY[:-1]), vintage=2025)

    assert run.outcome == ImportOutcome.REFUSED
    assert run.report["problems"][0]["reason"] == (
        "Cette liste est de 2025 et la base porte déjà celle de 2026."
    )
    assert ended() == []
    assert DataVersion.current(DataVersion.MAP) == version


def test_older_list_is_taken_when_accepted(twenty, tmp_path):
    run = import_communes(list_of(tmp_path / "l.csv", TWENTY[:-1]), vintage=2025, accept_older=True)

    assert (run.outcome, run.rows_ended) == (ImportOutcome.DONE, 1)


def test_etalab_list_ends_with_the_successor_that_it_names(db, tmp_path):
    for code in ("09901", "09902", "09911", "09912"):
        CommuneFactory(insee_code=code, name=f"Essai {code}")

    import_communes(DATA / "etalab-communes.json", vintage=2027)

    assert ended() == [
        ("09911", date(2027, 1, 1), "09901"),
        ("09912", date(2027, 1, 1), "09901"),
    ]
    # The list knows only the code of one of them: its name is the one it had.
    assert dict(FormerCommune.objects.values_list("pk", "name")) == {
        "09911": "Vieil-Essai",
        "09912": "Essai 09912",
    }


def test_events_date_the_end_and_tell_who_succeeds(db):
    for code in ("09901", "09902", "09903"):
        CommuneFactory(insee_code=code)
    for code in ("09911", "09914"):
        CommuneFactory(insee_code=code, ended_on=date(2026, 1, 1))

    run = import_communes(DATA / "v_mvt_commune_2026.csv")

    assert ended() == [
        ("09911", date(2019, 1, 1), "09901"),
        # Shared out between two communes: none succeeds it alone.
        ("09914", date(1960, 1, 1), None),
    ]
    assert (run.rows_read, run.rows_changed) == (17, 2)


def test_events_end_nobody(db):
    for code in ("09901", "09902", "09903", "09911"):
        CommuneFactory(insee_code=code)

    import_communes(DATA / "v_mvt_commune_2026.csv")

    assert ended() == []


def test_events_name_the_communes_that_were(db):
    for code in ("09901", "09902", "09903"):
        CommuneFactory(insee_code=code)

    import_communes(DATA / "v_mvt_commune_2026.csv")

    assert list(
        FormerCommune.objects.order_by("pk").values_list("pk", "name", "kind", "successor_id")
    ) == [
        # The chef-lieu's code is that of the new commune, its name was Bourg-Essai.
        ("09901", "Bourg-Essai", "commune-deleguee", "09901"),
        ("09911", "Vieil-Essai", "commune-deleguee", "09901"),
        # Merged into Vieil-Essai in 1972, hence in L'Essai today.
        ("09912", "Hameau-Essai", "ancien-code", "09901"),
        ("09915", "Ancien-Code", "ancien-code", "09903"),
    ]


def test_events_twice_change_nothing(db):
    for code in ("09901", "09902", "09903"):
        CommuneFactory(insee_code=code)
    import_communes(DATA / "v_mvt_commune_2026.csv")

    run = import_communes(DATA / "v_mvt_commune_2026.csv")

    assert (run.rows_created, run.rows_changed, run.rows_unchanged) == (0, 0, 4)


def test_events_shuffled_tell_the_same(db, tmp_path):
    for code in ("09901", "09902", "09903"):
        CommuneFactory(insee_code=code)
    rows = list(reversed(records("v_mvt_commune_2026.csv")))
    import_communes(DATA / "v_mvt_commune_2026.csv")

    run = import_communes(write_csv(tmp_path / "m.csv", rows))

    assert (run.rows_created, run.rows_changed) == (0, 0)


def test_history_follows_a_commune_split_then_gathered_to_its_one_heir():
    def merged(day, former, *heirs):
        return [
            movements.Event(
                date(day, 1, 1),
                movements.State(movements.COMMUNE, former, former),
                movements.State(movements.COMMUNE, heir, heir),
            )
            for heir in heirs
        ]

    history = movements.History()
    history.live(merged(2001, "09001", "09002", "09003"))
    split = history.heir("09001")
    history.live([*merged(2002, "09002", "09004"), *merged(2002, "09003", "09004")])

    assert split is None
    assert history.heir("09001") == "09004"
