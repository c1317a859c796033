from celery import shared_task


@shared_task
def load_department(code: str) -> int:
    from territoires.domain.shipped_communes import load_department

    return len(load_department(code=code))


@shared_task
def load_awaited() -> int:
    from territoires.domain.shipped_communes import load_awaited

    return load_awaited()
