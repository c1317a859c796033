"""What the tests of the outbox share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from courrier.models import OutgoingMail


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Mails that other connections see, taken away afterwards."""
    with django_db_blocker.unblock():
        yield
        OutgoingMail.objects.all().delete()
        connection.close()
