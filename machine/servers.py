"""PostgreSQL and Redis together, shared by every command of the project that runs.

Each command holds a shared lock while it uses them. The last one to leave stops them, unless
`make services` asked to keep them. A command that is killed leaves its lock to nobody, so the next
one to end stops them in its place.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from machine import database, environment, locks
from machine.console import say, step
from machine.places import Places, settle_services
from machine.postgres import APPLICATION, DATABASE, OWNER, PostgreSQL
from machine.redis import Redis
from machine.refusals import RefusalError


class Servers:
    """The servers of one project, private or given."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.needs = environment.Needs.of(places)

    @cached_property
    def postgres(self) -> PostgreSQL:
        return PostgreSQL.of(self.places)

    @cached_property
    def redis(self) -> Redis:
        return Redis.of(self.places)

    @property
    def _keep(self) -> Path:
        return self.places.var / "services.keep"

    def start(self) -> None:
        """Have both servers running and prepared, and their addresses written for the settings."""
        with locks.held(self.places.var / "start.lock") as lock:
            if lock is None:
                raise RefusalError("Une autre commande prépare les services depuis dix minutes.")
            moved = settle_services(self.places)
            if moved:
                say(f"  {moved}")
            self._start_postgres()
            self._start_redis()

    def _start_postgres(self) -> None:
        if not self.needs.postgres:
            self._prepare_given()
            return
        self.postgres.start()
        application, owner = self.postgres.url(APPLICATION), self.postgres.url(OWNER)
        database.prepare(self.postgres.admin_url, owner, application, template=True)
        urls = {"DATABASE_URL": application, "DATABASE_OWNER_URL": owner}
        environment.remember(self.places, urls)

    def _start_redis(self) -> None:
        if self.needs.redis:
            self.redis.start()
            environment.remember(self.places, {"REDIS_URL": self.redis.url})

    def _prepare_given(self) -> None:
        """Prepare the operator's own server, when he also gave the right to."""
        names = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL")
        admin, owner, application = (environment.given(self.places, name) for name in names)
        environment.remember(self.places, {})
        if admin and owner and application:
            database.prepare(admin, owner, application, template=False)

    def are_running(self) -> bool:
        """Whether every private server that is needed runs."""
        return (not self.needs.postgres or self.postgres.service.is_alive()) and (
            not self.needs.redis or self.redis.service.is_alive()
        )

    def stop(self) -> None:
        """Stop what runs, clients or not."""
        self.redis.stop()
        self.postgres.stop()

    def forget(self) -> None:
        """Empty both: the database is dropped, the queue and the cache are cleared."""
        with database.wait_for_server(self.postgres.admin_url) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        if self.needs.redis:
            self.redis.clear()

    def keep(self) -> None:
        """Leave them running when the commands that use them end."""
        self._keep.touch()

    def release(self) -> None:
        """No longer keep them."""
        self._keep.unlink(missing_ok=True)

    def in_use(self) -> bool:
        """Whether a command uses them now."""
        descriptor = locks.open_lock(self.places.var / "users.lock")
        try:
            return not locks.take(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Have them running for the length of a block; the last user stops them."""
        descriptor = locks.open_lock(self.places.var / "users.lock")
        try:
            # Someone may be stopping them right now: then wait, and start them again.
            if not locks.take(descriptor, shared=True, seconds=60):
                raise RefusalError("Une autre commande arrête les services depuis une minute.")
            with step("PostgreSQL et Redis"):
                self.start()
            yield
        finally:
            if locks.take(descriptor) and not self._keep.exists():
                self.stop()
            os.close(descriptor)
