from datetime import timedelta

from django.utils import timezone

from images.tasks import prepare_picture, sweep_pictures
from tests.factories import PictureFactory


def test_tasks_prepare_once(db):
    picture = PictureFactory(waiting=True)
    PictureFactory(waiting=True, received_at=timezone.now() - timedelta(minutes=1))

    assert [prepare_picture.delay(picture.pk).get() for _ in range(2)] == [True, False]
    assert [sweep_pictures.delay().get() for _ in range(2)] == [1, 0]
