from celery import shared_task


@shared_task
def expire_requests() -> int:
    """Give back the places that nobody answered for in time."""
    from telecentres.domain.booking import expire_requests as expire

    return len(expire())


@shared_task
def release_unclaimed() -> int:
    """Give back the spaces that nobody came to."""
    from telecentres.domain.booking import release_unclaimed as release

    return len(release())
