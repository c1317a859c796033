"""Put words in people's mouths: sentences written by hand, dealt so that few meet twice."""

from collections.abc import Sequence
from random import Random
from typing import Any

from portail.demo.content import table
from solos.enums import SoloStatus

# Those who sell something, and may say so.
SELLING = {SoloStatus.INDEPENDENT, SoloStatus.FOUNDER}


class Deck:
    """Cards dealt one by one; reshuffled only when all have been seen."""

    def __init__(self, rng: Random, cards: Sequence[Any]) -> None:
        self._rng, self._cards = rng, cards
        self._left: list[Any] = []

    def deal(self) -> Any:
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()


class Storyteller:
    def __init__(self, rng: Random) -> None:
        words = table("people")
        trades = [trade for sector in table("trades")["sectors"] for trade in sector["trades"]]
        self._rng = rng
        self._trades = Deck(rng, trades)
        self._old_trades = Deck(rng, [trade for trade in trades if not trade.get("modern")])
        self._does = {trade["slug"]: Deck(rng, trade["does"]) for trade in trades}
        self._decks = {
            name: Deck(rng, words[name])
            for name in (
                "how", "here", "close", "asked", "employee", "employee_how", "seeking", "offers",
                "seeks", "came_from",
            )
        }  # fmt: skip
        for name in ("close", "offers", "seeks"):
            business = words[name] + words[f"{name}_business"]
            self._decks[f"{name}_business"] = Deck(rng, business)

    def trade(self, *, of_past: bool) -> dict[str, Any]:
        return dict((self._old_trades if of_past else self._trades).deal())

    def trade_name(
        self, trade: dict[str, Any], status: SoloStatus, first_name: str, last_name: str
    ) -> str:
        """Made of the person's invented surname, so that it is nobody's real company."""
        if status not in SELLING or self._rng.random() < 0.35:
            return ""
        return str(self._rng.choice(trade["brand"])).format(first=first_name, last=last_name)

    def offers(self, trade: dict[str, Any], status: SoloStatus) -> str:
        own = self._rng.sample(trade["offers"], self._rng.randint(0, len(trade["offers"])))
        general = [self._card("offers", status)] if self._rng.random() < 0.6 else []
        lines = own + general
        return "\n".join(f"- {line}" for line in lines) if len(lines) > 1 else "".join(lines)

    def seeks(self, status: SoloStatus) -> str:
        return self._card("seeks", status) if self._rng.random() < 0.6 else ""

    def story(
        self, trade: dict[str, Any], status: SoloStatus, *, is_woman: bool, by_year: int
    ) -> dict[str, Any]:
        """A presentation, and where and when the person came from, in agreement with it."""
        here = self._card("here")
        is_native = "né{e}" in here
        return {
            "presentation": self._presentation(trade, status, here).replace(
                "{e}", "e" if is_woman else ""
            ),
            "came_from": "" if is_native else self._card("came_from"),
            "arrived_in": None if is_native else by_year - self._rng.choice([0, 0, 0, 1, 1, 2, 4]),
        }

    def _presentation(self, trade: dict[str, Any], status: SoloStatus, here: str) -> str:
        work, how = self._work(trade, status)
        close = self._card("close", status)
        skills = "\n".join(f"- {skill}" for skill in self._rng.sample(trade["skills"], 3))
        shapes = {
            "plain": [f"{work} {how}", f"{here} {close}"],
            "here first": [here, f"{work} {how}"],
            "quote": [work, f"> {here}", f"{how} {close}"],
            "short": [f"{work} {close}"],
        }
        if status in SELLING:
            shapes["list"] = [f"**{work}**", self._card("asked"), skills, here]
        paragraphs = self._rng.choice(list(shapes.values()))
        return "\n\n".join(paragraph.strip() for paragraph in paragraphs)

    def _work(self, trade: dict[str, Any], status: SoloStatus) -> tuple[str, str]:
        """What the person does and how, in words that suit an employee as an independent."""
        if status == SoloStatus.EMPLOYEE:
            work, how = self._card("employee"), self._card("employee_how")
        elif status == SoloStatus.SEEKING:
            work, how = self._card("seeking"), ""
        else:
            work, how = self._does[trade["slug"]].deal(), self._card("how")
        return work.replace("{trade}", trade["name"].lower()), how

    def _card(self, name: str, status: SoloStatus = SoloStatus.EMPLOYEE) -> str:
        """Whoever sells nothing is dealt none of the words of business."""
        return str(self._decks[f"{name}_business" if status in SELLING else name].deal())
