"""Stage two: what each `make` target does, with `.venv`."""

import os
import shutil
import sys
from dataclasses import dataclass

from machine import browsers, serving
from machine.checks import check, put_in_form
from machine.console import INTERRUPTED, call, complain, say, step
from machine.places import PROJECT, Places
from machine.preparation import Django, compile_messages
from machine.refusals import RefusalError, sentence_for
from machine.servers import Servers


@dataclass(frozen=True)
class Order:
    """A command as it was typed."""

    places: Places
    arguments: list[str]


def run(order: Order) -> int:
    return serving.serve(order.places)


def dev(order: Order) -> int:
    return serving.develop(order.places)


def test(order: Order) -> int:
    """Everything, with every branch of the domain covered; or what the arguments choose."""
    if order.arguments:
        return _pytest(order, order.arguments)
    # Only these have a gate: the rest need not be traced.
    domain = [f"--cov={path}" for path in sorted(order.places.root.glob("*/domain"))]
    whole = ["--numprocesses=2", "--dist=worksteal", "--cov-branch", "--cov-report=", *domain]
    return _pytest(order, whole) or call(
        [order.places.python, "-m", "coverage", "report", "--fail-under=100"], cwd=order.places.root
    )


def trust(order: Order) -> int:
    """The long corpora, whole."""
    return _pytest(order, ["-m", "trust", *order.arguments])


def _pytest(order: Order, arguments: list[str]) -> int:
    places = order.places
    env = Django(places, "test").environment | browsers.environment(places)
    with Servers(places).used():
        compile_messages(places)
        return call([places.python, "-m", "pytest", *arguments], env=env, cwd=order.places.root)


def bench(order: Order) -> int:
    """Ours, the naive way and the limit, side by side."""
    places = order.places
    with Servers(places).used():
        env = Django(places, "demo").environment
        return call(
            [places.python, "-m", "bench", *order.arguments], env=env, cwd=order.places.root
        )


def manage(order: Order) -> int:
    """Any command of Django's, with the services up."""
    django = Django(order.places, os.environ.get("SETTINGS", "demo"))
    owner = order.arguments[:1] in (["migrate"], ["sqlmigrate"], ["showmigrations"])
    env = django.as_owner if owner else django.environment
    with Servers(order.places).used():
        return call(django.command(*order.arguments), env=env, cwd=order.places.root)


def messages(order: Order) -> int:
    """Bring the English catalogue up to date with the code, whose own language is French."""
    django = Django(order.places, "dev")
    ignored = [f"--ignore={name}" for name in ("var", ".venv", "static/vendor", "tests", "bench")]
    options = ["-l", "en", "--no-location", "--no-wrap", "--no-obsolete", *ignored]
    return call(
        django.command("makemessages", *options), env=django.environment, cwd=order.places.root
    )


def shots(order: Order) -> int:
    """Take the documents' pictures anew, from the demo that `make run` serves."""
    script = order.places.root / "docs" / "screenshots" / "take.py"
    return call([order.places.python, str(script), *order.arguments], cwd=order.places.root)


def demo_reset(order: Order) -> int:
    """Throw the demo's database and files away, and load it afresh."""
    services, django = Servers(order.places), Django(order.places, "demo")
    if not services.needs.postgres:
        raise RefusalError(
            "DATABASE_URL désigne votre propre serveur : demo-reset n’y efface rien. "
            "Videz la base vous-même, puis relancez make run."
        )
    with services.used():
        with step("Effacement de la démonstration"):
            services.forget()
            for uploads in ("media", "originals"):
                shutil.rmtree(order.places.var / uploads, ignore_errors=True)
        services.start()
        django.migrate()
        django.load_demo()
    say("La démonstration est comme au premier jour.")
    return 0


def services(order: Order) -> int:
    """Start the private servers and leave them running."""
    both = Servers(order.places)
    with step("PostgreSQL et Redis"):
        both.start()
    both.keep()
    say(f"Les services tournent ; leurs adresses sont dans {order.places.env}. Arrêt : make stop")
    return 0


def stop(order: Order) -> int:
    """Stop the private servers that are left running."""
    both = Servers(order.places)
    both.release()
    if both.in_use():
        say("Une autre commande se sert des services : ils s’arrêteront avec elle.")
        return 0
    both.stop()
    say("Les services sont arrêtés.")
    return 0


COMMANDS = {
    "run": run,
    "dev": dev,
    "test": test,
    "trust": trust,
    "check": lambda order: check(order.places),
    "format": lambda order: put_in_form(order.places),
    "bench": bench,
    "manage": manage,
    "messages": messages,
    "shots": shots,
    "demo-reset": demo_reset,
    "services": services,
    "stop": stop,
}


def main(arguments: list[str]) -> int:
    try:
        return COMMANDS[arguments[0]](Order(PROJECT, arguments[1:]))
    except RefusalError as refusal:
        complain(str(refusal))
        return 1
    except OSError as error:
        complain(sentence_for(error))
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
