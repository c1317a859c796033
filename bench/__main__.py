"""`python -m bench [--scale small|full] [--only NAME]`: ours, the naive way, the limit.

A benchmark is a module of this package that exposes

    TITLE: str                                    what is measured, in a few words
    def races(scale: Scale) -> Iterator[Race]     its tables (see `bench.measuring`)

and is found by that. It makes its own data in the benchmarks' database, which is empty but for
migrations when `races` is called, and never the one that the site serves. Nothing here fails
because it is slow: the run fails when two ways give different answers.
"""

import argparse
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

import bench
from bench.measuring import Race, Scale, run_race


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    django.setup()
    found = _benchmarks()
    options = _options(list(found))
    wanted = {options.only: found[options.only]} if options.only else found
    scale = Scale(is_full=options.scale == "full")
    with _own_database():
        same = [run_race(race) for module in wanted.values() for race in _races(module, scale)]
    return 0 if all(same) else 1


def _options(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    scale = os.environ.get("SCALE", "full")
    parser.add_argument("--scale", choices=["small", "full"], default=scale)
    parser.add_argument("--only", choices=names)
    return parser.parse_args()


def _benchmarks() -> dict[str, ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__))
    modules = {name: import_module(f"bench.{name}") for name in names if not name.startswith("__")}
    return {name: module for name, module in modules.items() if hasattr(module, "races")}


def _races(module: ModuleType, scale: Scale) -> Iterator[Race]:
    print(f"\n=== {module.TITLE} ===", flush=True)
    _empty()
    yield from module.races(scale)


def _empty() -> None:
    """As after the migrations: no row but the departments."""
    call_command("flush", interactive=False, verbosity=0)
    import_module("territoires.migrations.0003_departments").load_departments(apps, None)


@contextmanager
def _own_database() -> Iterator[None]:
    """The benchmarks' database, kept from one run to the next: only new migrations are applied."""
    print("préparation de la base de mesure…", flush=True)
    base = import_module("config.settings.base")
    if "DATABASE_OWNER_URL" in base.env.ENVIRON:
        # Only the owner may create a database; the application's role does the same work in it.
        connection.settings_dict |= base.database("DATABASE_OWNER_URL")
    connection.settings_dict["TEST"]["NAME"] = os.environ.get("BENCH_DATABASE", "bench_solos")
    connection.creation.create_test_db(verbosity=0, keepdb=True)
    try:
        yield
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
