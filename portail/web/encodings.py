"""Which compression a client takes, as its Accept-Encoding header says."""

from collections.abc import Iterable


def preferred_encoding(header: str, offered: Iterable[str]) -> str:
    """The first of `offered`, best first, that the header accepts; else "identity"."""
    weights = dict(_weights(header))
    default = weights.get("*", 0.0)
    return next((name for name in offered if weights.get(name, default) > 0), "identity")


def _weights(header: str) -> Iterable[tuple[str, float]]:
    for part in header.lower().split(","):
        name, _, parameter = part.partition(";")
        yield name.strip(), _weight(parameter)


def _weight(parameter: str) -> float:
    key, _, value = parameter.partition("=")
    if key.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
