from celery import shared_task


@shared_task
def expire_requests() -> int:
    """Give back the places that nobody answered for in time, offers too."""
    from telecentres.domain.answers import expire_requests as expire

    return len(expire())


@shared_task
def serve_lines() -> int:
    """Offer to whoever waits what came free by another way than a booking given back."""
    from telecentres.domain.waiting import serve_lines as serve

    return len(serve())


@shared_task
def release_unclaimed() -> int:
    """Give back the spaces that nobody came to."""
    from telecentres.domain.answers import release_unclaimed as release

    return len(release())


@shared_task
def send_reminders() -> int:
    """Remind holders of what they booked for tomorrow."""
    from telecentres.domain.reminders import send_reminders as send

    return len(send())
