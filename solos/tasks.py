from celery import shared_task


@shared_task
def forget_messages() -> int:
    from solos.domain.contact import forget_messages

    return forget_messages()


@shared_task
def chase_silent() -> int:
    from solos.domain.freshness import chase_silent

    return chase_silent()
