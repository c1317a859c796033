"""The role that serves the site, whatever it is called on this server."""

import os
from urllib.parse import unquote, urlsplit

from machine.postgres import APPLICATION

APPLICATION_ROLE = unquote(urlsplit(os.environ.get("DATABASE_URL", "")).username or APPLICATION)
