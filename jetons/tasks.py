from celery import shared_task


@shared_task
def forget_outlived() -> int:
    from jetons.domain.purge import forget_outlived as forget

    return forget()
