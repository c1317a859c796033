"""Roles, extensions and privileges of a PostgreSQL server: the private one, a container's or yours.

`python -m machine.database` reads DATABASE_ADMIN_URL (a superuser), DATABASE_OWNER_URL and
DATABASE_URL, waits for the server, and may be run again at any time.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from machine import environment
from machine.console import complain, say
from machine.places import PROJECT
from machine.refusals import RefusalError

EXTENSIONS = ("postgis", "btree_gist", "pg_trgm", "unaccent")
# Two preparations at once would meet on the same rows of the catalogue.
LOCK = 0x50105

# What the owner creates in the schema, the application may use and not change.
IN_EACH_DATABASE = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {owner};
GRANT USAGE ON SCHEMA public TO {application};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO {application};
"""


@dataclass(frozen=True)
class Address:
    """Who connects to which database, read from a URL."""

    role: str
    password: str
    database: str

    @classmethod
    def of(cls, url: str) -> "Address":
        parts = urlsplit(url)
        database = unquote(parts.path.lstrip("/"))
        if not parts.username or not database:
            raise RefusalError(
                "Une adresse de base de données doit nommer un rôle et une base : "
                "postgis://role:motdepasse@serveur:5432/base"
            )
        return cls(unquote(parts.username), unquote(parts.password or ""), database)


def prepare(admin_url: str, owner_url: str, application_url: str, *, template: bool) -> None:
    """Make the two roles and the database ready; `template` also serves databases made later.

    Tests make their own databases as the owner, who may not create extensions: with `template`
    they find everything in the database that PostgreSQL copies, template1.
    """
    owner, application = Address.of(owner_url), Address.of(application_url)
    with _one_at_a_time(admin_url) as connection:
        _make_role(connection, owner, sql.SQL("CREATEDB"))
        _make_role(connection, application, sql.SQL("NOCREATEDB"))
        if template:
            _prepare_template(connection, admin_url, owner, application)
        _make_database(connection, owner, application)
        _prepare_inside(_in_database(admin_url, owner.database), owner, application)


@contextmanager
def _one_at_a_time(admin_url: str) -> Iterator[psycopg.Connection]:
    with wait_for_server(admin_url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield connection


def wait_for_server(url: str, *, seconds: float = 90) -> psycopg.Connection:
    """Connect, as soon as the server answers."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return psycopg.connect(_plain(url), autocommit=True, connect_timeout=5)
        except psycopg.OperationalError as error:
            words = str(error).strip()
            if time.monotonic() > deadline or "password authentication failed" in words:
                raise RefusalError(f"Le serveur PostgreSQL ne répond pas : {words}") from error
            time.sleep(0.5)


def _plain(url: str) -> str:
    """The same address in the only scheme that PostgreSQL's own library knows."""
    return urlunsplit(urlsplit(url)._replace(scheme="postgresql"))


def _in_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _make_role(connection: psycopg.Connection, who: Address, right: sql.SQL) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [who.role]).fetchone()
    verb = sql.SQL("ALTER" if known else "CREATE")
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}").format(
            verb, sql.Identifier(who.role), right, sql.Literal(who.password)
        )
    )


def _make_database(connection: psycopg.Connection, owner: Address, application: Address) -> None:
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    names = {
        "database": sql.Identifier(owner.database),
        "owner": sql.Identifier(owner.role),
        "application": sql.Identifier(application.role),
    }
    if not connection.execute(query, [owner.database]).fetchone():
        connection.execute(
            sql.SQL("CREATE DATABASE {database} OWNER {owner} ENCODING 'UTF8'").format(**names)
        )
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {application}").format(**names)
    )


def _prepare_template(
    connection: psycopg.Connection, admin_url: str, owner: Address, application: Address
) -> None:
    """Prepare template1 once: nobody can copy it while we are connected to it."""
    names = (owner.role, application.role, *EXTENSIONS, IN_EACH_DATABASE)
    mark = f"solos {hashlib.sha256(repr(names).encode()).hexdigest()[:16]}"
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    if connection.execute(query, ["template1"]).fetchone() == (mark,):
        return
    _prepare_inside(_in_database(admin_url, "template1"), owner, application)
    connection.execute(sql.SQL("COMMENT ON DATABASE template1 IS {}").format(sql.Literal(mark)))


def _prepare_inside(url: str, owner: Address, application: Address) -> None:
    names = {
        "owner": sql.Identifier(owner.role),
        "application": sql.Identifier(application.role),
    }
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        present = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
        for name in EXTENSIONS:
            if name not in present:
                connection.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL(IN_EACH_DATABASE).format(**names))


def main() -> int:
    """Prepare the server named by the environment (or `.env`)."""
    names = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL")
    urls = {name: environment.known(PROJECT, name) for name in names}
    admin, owner, application = urls.values()
    if not admin or not owner or not application:
        missing = ", ".join(name for name, url in urls.items() if not url)
        complain(f"Il manque : {missing}. Ces adresses se donnent dans .env (voir .env.example).")
        return 2
    try:
        template = os.environ.get("PREPARE_TEMPLATE") == "1"
        prepare(admin, owner, application, template=template)
    except (RefusalError, psycopg.Error) as error:
        complain(str(error).strip())
        return 1
    say("Les rôles, les extensions et les droits de la base sont prêts.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
