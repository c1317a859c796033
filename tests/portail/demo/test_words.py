from random import Random

from portail.demo.words import Deck


def test_deck_deals_each_card_once_before_any_comes_back():
    deck = Deck(Random(9), ["a", "b", "c"])

    rounds = [sorted(deck.deal() for _ in range(3)) for _ in range(4)]

    assert rounds == [["a", "b", "c"]] * 4
