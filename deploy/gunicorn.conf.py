# ruff: noqa: INP001 - gunicorn reads this file, nobody imports it
"""How the site is served, by `make run` and by the containers alike.

Threads, not events: this stack is synchronous and measured five times faster so. Each value can be
set through the environment.
"""

import gc
import os
from importlib import import_module
from pathlib import Path
from typing import Any

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))

# The code is loaded once and shared: workers start at once and use less memory.
preload_app = True
timeout = 60
graceful_timeout = 5
keepalive = 5
# A worker that grew is replaced, not all on the same request.
max_requests = 20_000
max_requests_jitter = 2_000

# Whose X-Forwarded-* headers are believed: only a proxy on this machine, unless you say otherwise.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
# A worker shows that it lives by touching a file: in memory, so that a slow disk kills nobody.
memory = Path("/dev/shm")  # noqa: S108 - nothing is read back from there
worker_tmp_dir = str(memory) if memory.is_dir() else None
control_socket_disable = True

# Requests are logged by the site itself (structured, without personal data), not a second time.
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "solos"


def when_ready(_server: Any) -> None:
    """The addresses, and all that they lead to, are read once for the workers, who share them."""
    import_module("config.urls")
    gc.freeze()
