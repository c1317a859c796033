"""A real SMTP server that answers as a test tells it to."""

import asyncio
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class PostOffice:
    """`answers` holds what it says next to each recipient; then, and to all others, yes."""

    def __init__(self) -> None:
        self.port = free_port()
        self.received: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.answers: dict[str, list[str]] = defaultdict(list)
        # What it says once it has the whole mail.
        self.last_words: list[str] = []
        self.hangs_for: set[str] = set()
        self.most_mails_a_connection = -1
        self.hangs_up_without_a_word = False
        self.seconds_a_mail = 0.0
        # Once it holds so many mails it stops there, before or after taking the next one.
        self.noon: int | None = None
        self.takes_before_lunch = False
        self._controller: Controller | None = None

    # ---- aiosmtpd's hooks ---------------------------------------------------------------------
    async def handle_EHLO(
        self, server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        session.mails = 0
        self.connections += 1
        return responses

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if session.mails == self.most_mails_a_connection:
            if self.hangs_up_without_a_word:
                server.transport.abort()
            return "421 4.7.0 enough for this connection"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.hangs_for:
            await asyncio.sleep(5)
        if self.answers[address]:
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds_a_mail / 2)
        await self._have_lunch(taken=False)
        if self.last_words:
            return self.last_words.pop(0)
        session.mails += 1
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        # Taken, and not yet said: whoever dies here sends it again.
        await self._have_lunch(taken=True)
        await asyncio.sleep(self.seconds_a_mail / 2)
        return "250 taken"

    async def _have_lunch(self, *, taken: bool) -> None:
        while (
            self.noon is not None
            and len(self.received) >= self.noon
            and taken == self.takes_before_lunch
        ):
            await asyncio.sleep(0.01)

    # ---- Opening hours ------------------------------------------------------------------------
    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None


@contextmanager
def opened_post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.open()
    try:
        yield office
    finally:
        office.close()


@contextmanager
def mute_server() -> Iterator[int]:
    """A port that takes calls and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield listening.getsockname()[1]
