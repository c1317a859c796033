"""Advisory locks on files: the kernel frees them when their holder dies, however it dies."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def open_lock(path: Path) -> int:
    """A descriptor on a lock's file, not inherited by children."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def take(descriptor: int, *, shared: bool = False, seconds: float = 0) -> bool:
    """Try to lock for that long; True when it is ours."""
    mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, mode)
        except OSError as error:
            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                raise
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        else:
            return True


def is_held(path: Path) -> bool:
    """Whether someone holds this lock alone."""
    if not path.exists():
        return False
    descriptor = open_lock(path)
    try:
        return not take(descriptor, shared=True)
    finally:
        os.close(descriptor)


@contextmanager
def held(path: Path, *, shared: bool = False, seconds: float = 600) -> Iterator[int | None]:
    """Hold a lock for the length of a block; None when it was not obtained in time."""
    descriptor = open_lock(path)
    try:
        yield descriptor if take(descriptor, shared=shared, seconds=seconds) else None
    finally:
        os.close(descriptor)
