import pytest

from jetons.web.caller import address_of, network


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "9.9.9.9", "10.0.0.1"),
        (0, None, "10.0.0.1"),
        (1, "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        (2, "9.9.9.9, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        # Fewer words than proxies: it did not come through them.
        (2, "9.9.9.9", "10.0.0.1"),
    ],
)
def test_address_of_believes_our_own_proxies_alone(rf, settings, proxies, said, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": said} if said else {}

    request = rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.1")

    assert address_of(request) == address


def test_network_joins_the_addresses_of_one_subscriber(rf):
    assert network(rf.get("/", REMOTE_ADDR="2001:db8::1:2:3:4")) == "2001:db8::/64"
