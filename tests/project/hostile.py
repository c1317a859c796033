"""What nobody honest sends, and every address of the site to send it to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

from tests.project.places import APPS, python_files

# Percent-encoded, as they travel.
WORDS = """
%00 a%00b %FF %C3 %C0%80 %ED%A0%80 %EF%BF%BD %2500 %u0000 %0A %0D%0AX-Injected:1 %09 %20 + %
' '' " \\ %5C %25 _ ' OR 1=1-- ');SELECT pg_sleep(3);-- " OR ""=" ${7*7} {{7*7}} {%25 debug %25}
<script>alert(1)</script> %3Csvg/onload=alert(1)%3E javascript:alert(1) data:text/html,x
../../etc/passwd ..%2F..%2Fetc%2Fpasswd /etc/passwd file:///etc/passwd http://169.254.169.254/
0 -1 -0 1 00 1e9 1e999 1E400 999999999999999999999 9223372036854775807 9223372036854775808
-9223372036854775809 2147483648 0x10 1_000 1.5 NaN nan Infinity -inf %D9%A3 %C2%B2 %E2%85%A3 ½ ,
nan,nan,nan,nan 1,2,3 1,2,3,4 4,3,2,1 2,43,1,42 inf,0,1,1 a,b,c,d 1,2,3,4,5 999,999,999,999
-180,-90,180,90 1e0,1e0,2e0,2e0 1;2;3;4 POINT(1%202) SRID=999999;POINT(1%201) POLYGON((0%200))
{"type":"Point"} 0101000020E6100000 <gml:Point/> true false null None undefined [] {} [0] a[b]=c
2026-02-30 2026-13-01 0000-00-00 9999-12-31 10000-01-01 -1-01-01 2026-01-01T25:00 31/12/2026
09122 9122 2A004 2a004 2C004 99999 09122%20 %EF%BC%90%EF%BC%99 foix FOIX Foix%00 last next page
& | ! ( ) :* a:* a%26b a%7Cb !a (a ((((( "a "a" a<->b -a -"a" * ? # ; = == & ~ ^ $ @ `id`
%F0%9F%98%80 %E2%80%AE %E2%80%8B %EF%BB%BF %CC%81%CC%81%CC%81 %C4%B0 %EF%AC%81 %F0%9D%94%B8
"""
VALUES = WORDS.split()
LONG_VALUES = ["a" * 101, "a" * 1_900, "%20" * 600, "%F0%9F%98%80" * 150, "9" * 1_900, "(" * 1_900]
LONG_VALUES += [
    "a,b," * 450,
    "a+" * 950,
    "%22a" * 450,
    "-" * 1_900,
    "a&" * 950,
    "'" * 1_900,
    "a" * 9_000,
]
SEGMENTS = [*VALUES, "a" * 200, "a" * 900, "..", ".", "%2F", "a%2Fb", "index.php", ".git/config"]
NAMES = ["format", "lang", "version", "next", "_", "%00", "q%00", "a[b]", "__proto__", "page[]"]

HEADERS = {
    "HTTP_ACCEPT": ["", "*", "/", ";;;", "a/b;q=x", "*/*;" * 900, "a/b;a*=undefined''x", "\xff"],
    "HTTP_ACCEPT_LANGUAGE": ["", "*", "zz", "en-", "fr;q=9", "fr," * 3_000, "a" * 9_000, "\xff"],
    "HTTP_COOKIE": [
        'sessionid="aaaaaaaaaa\\000"',
        "sessionid=" + "a" * 8_000,
        "sessionid=\xff",
        'messages="\\000"',
        "messages=a:b:c",
        "csrftoken=\xff",
        "django_language=../../x",
        "django_language=" + "a" * 4_000,
        ";;;==;=",
    ],
    "HTTP_IF_NONE_MATCH": ["*", '"', "W/", '"a' * 900, "\xff"],
    "HTTP_IF_MODIFIED_SINCE": ["x", "Sun, 06 Nov 99999 08:49:37 GMT", "0", "-1", "\xff"],
    "HTTP_RANGE": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=a-b", "x"],
    "HTTP_ORIGIN": ["null", "http://[", "x", "\xff", "http://a:99999999"],
    "HTTP_REFERER": ["http://[", "\xff", "javascript:1"],
    "HTTP_HX_REQUEST": ["true", "\xff"],
    "HTTP_HX_CURRENT_URL": ["http://[", "\xff", "x"],
    "HTTP_HX_TARGET": ["\xff", "<a>"],
    "HTTP_X_FORWARDED_HOST": ["evil.example", "a,b", "\xff"],
    "HTTP_X_FORWARDED_PROTO": ["https", "x", "\xff"],
    "HTTP_X_FORWARDED_FOR": ["x", "1.2.3.4, ::1, \xff", "," * 900],
    "HTTP_AUTHORIZATION": ["Basic", "Basic x", "Basic OjA=", "Bearer \xff", "Token a b c"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_USER_AGENT": ["", "\xff", "a" * 9_000],
    "HTTP_ACCEPT_ENCODING": ["", "x", "gzip;q=x", "\xff"],
}
HOSTS = [
    "evil.example",
    "localhost.evil.example",
    "testserver:x",
    "testserver:80:80",
    "testserver@evil.example",
    "testserver/evil",
    "evil.example#testserver",
    "testserver\r\nX: 1",
    "test server",
    "[::1",
    "[::1]evil",
    "-",
    "..",
    "%00",
    "\xff",
]


@dataclass(frozen=True)
class Address:
    """An address of the resolver, with a hole where a key comes."""

    template: str

    @property
    def has_key(self) -> bool:
        return "{}" in self.template

    def at(self, key: str) -> str:
        return self.template.replace("{}", key)


def addresses(*, office: bool = False) -> list[Address]:
    """Every address that answers a GET; the office's only when asked for."""
    found = {Address(template) for template in _templates(get_resolver(), "/", office=office)}
    return sorted(found, key=lambda one: one.template)


def parameters() -> list[str]:
    """Every query parameter that a page or the API reads, found in the code itself."""
    pattern = re.compile(r"""GET(?:\.get|\.getlist)?[\[(]["'](\w+)["']""")
    read = {name for file in python_files(*APPS) for name in pattern.findall(file.read_text())}
    return sorted(read | _declared() | set(NAMES))


def _declared() -> set[str]:
    from portail.api.views import openapi_document
    from solos.domain.asking import PARAMETERS

    described = {
        parameter["name"]
        for methods in openapi_document()["paths"].values()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
    }
    return described | set(PARAMETERS.values())


def _templates(resolver: URLResolver, prefix: str, *, office: bool) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry.pattern, LocalePrefixPattern):
            yield from _templates(entry, prefix, office=office)
            yield from _templates(entry, f"{prefix}en/", office=office)
        elif isinstance(entry, URLResolver):
            if office or entry.app_name != "admin":
                yield from _templates(entry, prefix + _plain(entry), office=office)
        else:
            yield prefix + _plain(entry)


def _plain(entry: URLPattern | URLResolver) -> str:
    """The pattern as an address: holes for what varies."""
    text = str(entry.pattern)
    if isinstance(entry.pattern, RegexPattern):
        return re.sub(r"\(.*?\)|\.\*", "{}", text).strip("^$").replace("\\", "")
    return re.sub(r"<[^>]+>", "{}", text)
