from celery import shared_task


@shared_task
def take_snapshots() -> int:
    from observatoire.domain.snapshots import take_due_snapshots

    return take_due_snapshots()
