"""Ports, with real sockets held by real programs."""

import pytest

from machine import ports
from machine.refusals import RefusalError


def test_choose_keeps_the_preferred_port_while_it_is_free():
    preferred = ports.choose()
    assert ports.choose(preferred) == preferred


def test_choose_leaves_a_port_that_is_taken(listener):
    taken = int(listener.stdout.readline())
    assert ports.choose(taken) != taken


def test_web_port_taken_names_its_holder_and_a_free_one(listener):
    taken = int(listener.stdout.readline())
    with pytest.raises(RefusalError) as refused:
        ports.web_port(str(taken))
    words = str(refused.value)
    assert words.startswith(f"Le port {taken} est déjà pris par « python3 -c import socket")
    assert f"(processus {listener.pid})" in words
    advised = int(words.rpartition("PORT=")[2].split()[0])
    assert ports.is_free(advised)


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "8000.5"])
def test_web_port_that_is_no_port_is_refused(text):
    with pytest.raises(RefusalError) as refused:
        ports.web_port(text)
    assert str(refused.value) == f"PORT={text} n’est pas un port. Exemple : PORT=8001 make run"


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "localhost:80"])
def test_web_port_on_a_host_that_is_not_ours_blames_the_host(host):
    with pytest.raises(RefusalError) as refused:
        ports.web_port(str(ports.choose()), host=host)
    assert str(refused.value) == (
        f"HOST={host} n’est pas une adresse de cette machine. Exemple : HOST=0.0.0.0 make run"
    )


def test_holder_of_a_free_port_is_nobody():
    assert ports.holder_of(ports.choose()) is None
