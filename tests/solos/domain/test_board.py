from datetime import date

import pytest

from courrier.models import OutgoingMail
from solos.domain.board import TOP, Move, compose_board, move_solo, moves_of
from solos.domain.errors import MoveForbidden
from solos.enums import PublicField, SoloState
from solos.models import Solo, StateChange
from tests.factories import SoloFactory, UserFactory

NAMED = [PublicField.NAME]


@pytest.mark.parametrize(
    ("state", "email", "named", "moves"),
    [
        (SoloState.IDENTIFIED, "", False, []),
        (SoloState.IDENTIFIED, "a@exemple.fr", False, [Move.INVITE]),
        (SoloState.IDENTIFIED, "a@exemple.fr", True, [Move.INVITE, Move.PUBLISH]),
        (SoloState.INVITED, "a@exemple.fr", False, [Move.INVITE_AGAIN]),
        (SoloState.PUBLISHED, "a@exemple.fr", True, [Move.HIDE]),
        (SoloState.HIDDEN, "a@exemple.fr", True, [Move.SHOW_AGAIN]),
        (SoloState.HIDDEN, "", False, []),
        (SoloState.ARCHIVED, "", True, [Move.SHOW_AGAIN]),
        (SoloState.WITHDRAWN, "a@exemple.fr", False, []),
    ],
)
def test_moves_follow_the_state(state, email, named, moves):
    solo = Solo(state=state, email=email, published_fields=NAMED if named else [])

    assert moves_of(solo) == moves


@pytest.mark.parametrize(
    ("state", "move", "after"),
    [
        (SoloState.IDENTIFIED, Move.INVITE, SoloState.INVITED),
        (SoloState.INVITED, Move.INVITE_AGAIN, SoloState.INVITED),
        (SoloState.INVITED, Move.PUBLISH, SoloState.PUBLISHED),
        (SoloState.PUBLISHED, Move.HIDE, SoloState.HIDDEN),
        (SoloState.HIDDEN, Move.SHOW_AGAIN, SoloState.PUBLISHED),
        (SoloState.ARCHIVED, Move.SHOW_AGAIN, SoloState.PUBLISHED),
    ],
)
def test_each_move_is_an_act_of_the_domain(territory, state, move, after):
    solo = SoloFactory(
        territory=territory, state=state, published_fields=NAMED, email="a@exemple.fr"
    )

    moved = move_solo(solo=solo, move=move, author=UserFactory())

    assert moved.state == after
    assert OutgoingMail.objects.count() == (move in {Move.INVITE, Move.INVITE_AGAIN})


def test_move_from_elsewhere_is_refused(territory):
    solo = SoloFactory(territory=territory, email="a@exemple.fr")

    with pytest.raises(MoveForbidden):
        move_solo(solo=solo, move=Move.HIDE)

    assert Solo.objects.get().state == SoloState.IDENTIFIED


def test_board_counts_and_shows_the_longest_first(territory):
    for day in (3, 1, 2):
        solo = SoloFactory(territory=territory, last_name=f"Jour{day}")
        StateChange.objects.filter(solo=solo).update(changed_on=date(2026, 1, day))
    SoloFactory(territory=territory, state=SoloState.WITHDRAWN)
    SoloFactory(territory=territory, state=SoloState.ARCHIVED)

    board = compose_board(Solo.objects.all())

    assert [(str(column.label), column.count, column.key) for column in board] == [
        ("Recensé·e", 3, "identified"),
        ("Invité·e", 0, "invited"),
        ("Dans l’annuaire", 0, "published"),
        ("Masqué·e", 0, "hidden"),
        ("Retiré·e ou archivé·e", 2, "withdrawn,archived"),
    ]
    assert [(card.solo.last_name, card.since) for card in board[0].cards] == [
        ("Jour1", date(2026, 1, 1)),
        ("Jour2", date(2026, 1, 2)),
        ("Jour3", date(2026, 1, 3)),
    ]
    assert len(board[4].cards) == 2


def test_board_costs_two_queries_and_shows_the_first_names(territory, django_assert_num_queries):
    for _number in range(TOP + 1):
        SoloFactory(territory=territory)

    with django_assert_num_queries(2):
        board = compose_board(Solo.objects.all())

    assert (board[0].count, len(board[0].cards)) == (TOP + 1, TOP)
