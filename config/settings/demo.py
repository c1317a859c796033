"""What `make run` serves: as production does, on this machine, with fictional people."""

from config.settings.base import *

DEMO = True
# Its accounts are public and its people fictional: a second factor would only keep visitors out.
STAFF_SECOND_FACTOR = False
ALLOWED_HOSTS = [".localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
# Mail is read in the admin; nothing leaves the machine.
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
