"""A published solo for other programs: an address book, a search engine. Public fields only."""

from typing import Any

from icalendar import Component, vText
from icalendar.prop import vN, vUri

from courrier.domain.substitution import one_line
from solos.domain.profile import spoken_languages
from solos.enums import PublicField
from solos.models import Solo


class Card(Component):
    name = "VCARD"


def vcard_of(solo: Solo, address: str) -> bytes:
    """A vCard 4.0 (RFC 6350) of what the page at `address` shows; `trade` and `commune` fetched.

    Its text is escaped and folded by icalendar: the two formats share these rules.
    """
    card = Card()
    card.add("version", vText("4.0"))
    card.add("fn", _text(solo.name))
    card.add("n", vN([_text(solo.last_name), _text(solo.first_name), "", "", ""]))
    if solo.shows(PublicField.TRADE_NAME):
        card.add("org", _text(solo.trade_name))
    if solo.shows(PublicField.TRADE):
        card.add("title", _text(str(solo.trade)))
    if solo.shows(PublicField.EMAIL):
        card.add("email", _text(solo.email))
    if solo.shows(PublicField.PHONE):
        card.add("tel", vUri(solo.phone.as_rfc3966))
    if solo.shows(PublicField.WEBSITE):
        card.add("url", vUri(solo.website))
    card.add("source", vUri(address))
    lines: bytes = card.to_ical(sorted=False)
    return lines


def describe_person(solo: Solo, address: str) -> dict[str, Any]:
    """The same as a schema.org Person, with what search engines know how to read."""
    person: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": solo.name,
        "givenName": solo.first_name,
        "familyName": solo.last_name,
        "mainEntityOfPage": address,
    }
    shown = {
        "email": (PublicField.EMAIL, solo.email),
        "telephone": (PublicField.PHONE, getattr(solo.phone, "as_e164", "")),
        "url": (PublicField.WEBSITE, solo.website),
        "sameAs": (PublicField.LINKS, solo.links),
        "jobTitle": (PublicField.TRADE, str(solo.trade)),
        "knowsAbout": (PublicField.SKILLS, solo.skills),
        "knowsLanguage": (PublicField.LANGUAGES, spoken_languages(solo)),
        "worksFor": (
            PublicField.TRADE_NAME,
            {"@type": "Organization", "name": solo.trade_name},
        ),
        "workLocation": (PublicField.COMMUNE, _place(solo)),
    }
    person |= {name: value for name, (field, value) in shown.items() if solo.shows(field)}
    return person


def _place(solo: Solo) -> dict[str, Any]:
    return {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": solo.commune.name if solo.commune else "",
            "addressCountry": "FR",
        },
    }


def _text(text: str) -> vText:
    return vText(one_line(text))
