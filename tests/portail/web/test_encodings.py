import pytest

from portail.web.encodings import preferred_encoding


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("*;q=0", "identity"),
        ("br;q=beaucoup", "identity"),
        ("br;level=4", "br"),
        (",;;q=,br ; q=1", "br"),
    ],
)
def test_preferred_encoding(header, encoding):
    assert preferred_encoding(header, ["br", "gzip"]) == encoding
