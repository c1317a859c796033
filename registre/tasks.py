from celery import shared_task


@shared_task
def purge_journal() -> int:
    from registre.domain.journal import purge_journal

    return purge_journal()
