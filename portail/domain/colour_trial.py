"""What two brand colours become on the screen, and how well each text reads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from territoires.domain.colours import TEXT, Palette, contrast, palette


@dataclass(frozen=True)
class Sample:
    """A text on its ground, both `#rrggbb`, and their WCAG contrast ratio (1 to 21)."""

    words: str
    ink: str
    ground: str
    ratio: float

    @property
    def is_legible(self) -> bool:
        return self.ratio >= TEXT


@dataclass(frozen=True)
class ColourTrial:
    """Samples of both themes, what was darkened or lightened (asked, used), and the tokens of the
    light one as a template names them: `night_ink`."""

    light: Palette
    samples: list[Sample]
    moved: list[tuple[str, str]]


def try_colours(brand: str, accent: str) -> ColourTrial:
    """Raises ValueError when a colour is not `#rrggbb`."""
    themes = palette(brand, accent)
    light, dark = themes["light"], themes["dark"]
    uses = [
        (_("Texte courant"), light, "ink", "paper"),
        (_("Lien"), light, "brand", "paper"),
        (_("Bouton"), light, "brand-ink", "brand"),
        (_("Mot mis en avant"), light, "accent-text", "paper"),
        (_("Bandeau"), light, "night-ink", "night"),
        (_("Lien, la nuit"), dark, "brand", "paper"),
        (_("Bouton, la nuit"), dark, "brand-ink", "brand"),
    ]
    pairs = [(brand.lower(), light["brand"]), (accent.lower(), light["accent"])]
    return ColourTrial(
        light={name.replace("-", "_"): colour for name, colour in light.items()},
        samples=[_sample(words, theme[ink], theme[ground]) for words, theme, ink, ground in uses],
        moved=[(asked, used) for asked, used in pairs if asked != used],
    )


def _sample(words: str, ink: str, ground: str) -> Sample:
    return Sample(words, ink, ground, contrast(ink, ground))
