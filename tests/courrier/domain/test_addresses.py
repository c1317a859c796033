import pytest

from courrier.domain.addresses import mail_address
from courrier.domain.errors import BadAddress


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ana@example.org", "ana@example.org"),
        ("Ana.B+c@Example.ORG", "Ana.B+c@example.org"),
        ("ana@exämple.fr", "ana@xn--exmple-cua.fr"),
        # Full-width letters are the plain ones for the network.
        ("ana@ｅxample.org", "ana@example.org"),
        # A Cyrillic а is another domain, and it shows.
        ("ana@exаmple.org", "ana@xn--exmple-4nf.org"),
        ("agence@localhost", "agence@localhost"),
    ],
)
def test_mail_address_writes_the_domain_as_the_network_does(text, address):
    assert mail_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ana",
        "ana@",
        "@example.org",
        "ana@example.org\n",
        "ana@example.org\r\nBcc: tous@example.org",
        "ana@example.org\x00",
        "ana\x01@example.org",
        '"ana\x08"@example.org',
        "ana@example.org,bo@example.org",
        "Ana <ana@example.org>",
        "ana @example.org",
        "ana@exam\u00a0ple.org",
        "ana@\u202eexample.org",
        "ana@exam\u200bple.org",
        "аna@example.org",  # Cyrillic а
        "anа@example.org",
        "ana＠example.org",
        "ana@example。org",
        "ana@" + "é" * 80 + ".org",
        "a" * 250 + "@example.org",
        "ana@exa\ud800mple.org",
    ],
)
def test_mail_address_refuses_what_hides_something(text):
    with pytest.raises(BadAddress):
        mail_address(text)


def test_validator_alone_lets_control_characters_pass():
    """Control: without our guard, a quoted control character is a valid address."""
    from django.core.validators import validate_email

    validate_email('"ana\x08"@example.org')
