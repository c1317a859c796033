from celery import shared_task


@shared_task
def deliver_outbox() -> int:
    from courrier.domain.outbox import deliver_due_mails

    return deliver_due_mails()
