from celery import shared_task


@shared_task
def prepare_picture(key: int) -> bool:
    from images.domain.preparation import prepare_picture

    return prepare_picture(key=key)


@shared_task
def sweep_pictures() -> int:
    from images.domain.preparation import sweep_pictures

    return sweep_pictures()
