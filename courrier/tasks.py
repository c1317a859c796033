from celery import shared_task


@shared_task
def deliver_outbox() -> int:
    from courrier.domain.delivery import deliver_due_mails

    return deliver_due_mails()


@shared_task
def send_digests() -> int:
    from courrier.domain.digest import send_digests

    return send_digests()
