"""What makes `make run` and `make test` work on a machine that has only git, make and python3.

Stage one (`__main__`) runs with the system's Python and the standard library alone: it installs the
missing packages of the distribution, makes `.venv`, and hands over. Stage two (`commands`) runs
with `.venv`: private PostgreSQL and Redis, migrations, demo data, then the processes.

    refusals       the one exception an operator sees, as a sentence
    console        how steps and progress are shown
    places         where everything lives under the project
    environment    dotenv files; what the operator gave, what the machine wrote
    ports          which ports are free, and who holds one that is not
    locks          advisory locks: the kernel frees them when their holder dies
    packages       what the distribution must provide; `install` does it as root
    virtualenv     `.venv`, from the locked requirements
    service        one private server; `postgres` and `redis` are the two
    servers        both together, shared by every command that runs
    database       roles, extensions, privileges (also for containers and external servers)
    preparation    migrations, demo data, static files, translations
    supervisor     runs web, worker and scheduler, and brings back what dies
    commands       what each `make` target does
    container      what each container does
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one place where this is not known yet
    sys.exit("✗ Il faut Python 3.11 ou plus récent (Debian 12, Ubuntu 24.04).")
