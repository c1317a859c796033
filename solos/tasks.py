from celery import shared_task


@shared_task
def forget_messages() -> int:
    from solos.domain.contact import forget_messages

    return forget_messages()


@shared_task
def chase_silent() -> int:
    from solos.domain.freshness import chase_silent

    return chase_silent()


@shared_task
def send_alerts() -> int:
    from solos.domain.alerts import send_alerts

    return send_alerts()


@shared_task
def forget_alerts() -> int:
    from solos.domain.alerts import forget_alerts

    return forget_alerts()


@shared_task
def forget_searches() -> int:
    from solos.domain.searches import forget_searches

    return forget_searches()


@shared_task
def look_for_doubles() -> int:
    from solos.domain.duplicates import keep_recent_doubles

    return keep_recent_doubles()
