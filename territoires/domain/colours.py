"""A territory's two brand colours become a whole palette whose contrasts are checked here.

Colours are worked on in OKLCH, where equal steps look equal (Björn Ottosson, 2020,
https://bottosson.github.io/posts/oklab/); contrast is WCAG 2.2's relative-luminance ratio.
A brand colour too pale or too dark for its use is moved along lightness until it passes.
"""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

# WCAG 2.2 AA: text, and the parts of a component that carry meaning.
TEXT, COMPONENT = 4.5, 3.0

Palette = dict[str, str]


@dataclass(frozen=True)
class Colour:
    """OKLCH: lightness 0–1, chroma 0–0.4, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    @classmethod
    def from_hex(cls, text: str) -> "Colour":
        """From `#rrggbb`; raises ValueError on anything else."""
        if len(text) != 7 or text[0] != "#":
            raise ValueError(text)
        red, green, blue = (_linear(int(text[i : i + 2], 16) / 255) for i in (1, 3, 5))
        long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
        medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
        short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        return cls(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)

    def with_(self, *, lightness: float, most_chroma: float = 0.4) -> "Colour":
        return Colour(lightness, min(self.chroma, most_chroma), self.hue)

    @property
    def hex(self) -> str:
        """`#rrggbb`; chroma is given up, never lightness, where the screen can't show it."""
        colour = self
        while not _shown(channels := colour._channels()) and colour.chroma > 0:
            colour = Colour(colour.lightness, max(0, colour.chroma - 0.002), colour.hue)
        return "#" + "".join(f"{round(channel * 255):02x}" for channel in _clipped(channels))

    def _channels(self) -> tuple[float, ...]:
        a = self.chroma * cos(radians(self.hue))
        b = self.chroma * sin(radians(self.hue))
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        linear = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        return tuple(_companded(channel) for channel in linear)


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two `#rrggbb` colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def palette(brand: str, accent: str) -> dict[str, Palette]:
    """Tokens for the light and the dark theme, name → `#rrggbb`, from two brand colours.

    Every `…-ink` reads as text on the colour it is named after, and `ink`, `ink-soft`, `brand`,
    `accent-text`, `ok`, `warn`, `no` read as text on `paper` and on `surface`.
    Raises ValueError when a brand colour is not `#rrggbb`.
    """
    main, second = Colour.from_hex(brand), Colour.from_hex(accent)
    return {"light": _light(main, second), "dark": _dark(main, second)}


def _light(main: Colour, second: Colour) -> Palette:
    paper = second.with_(lightness=0.984, most_chroma=0.006).hex
    tokens = {
        "paper": paper,
        "surface": "#ffffff",
        "sunken": second.with_(lightness=0.957, most_chroma=0.011).hex,
        "ink": main.with_(lightness=0.235, most_chroma=0.035).hex,
        "ink-soft": main.with_(lightness=0.435, most_chroma=0.03).hex,
        "line": second.with_(lightness=0.89, most_chroma=0.012).hex,
        "line-strong": _readable(main.with_(lightness=0.6, most_chroma=0.03), paper, COMPONENT),
        "brand-soft": main.with_(lightness=0.935, most_chroma=0.025).hex,
        "accent-soft": second.with_(lightness=0.945, most_chroma=0.032).hex,
    }
    return _with_signals(tokens, main, second, lightness=0.48)


def _dark(main: Colour, second: Colour) -> Palette:
    paper = main.with_(lightness=0.19, most_chroma=0.018).hex
    tokens = {
        "paper": paper,
        "surface": main.with_(lightness=0.235, most_chroma=0.02).hex,
        "sunken": main.with_(lightness=0.16, most_chroma=0.016).hex,
        "ink": main.with_(lightness=0.95, most_chroma=0.012).hex,
        "ink-soft": main.with_(lightness=0.77, most_chroma=0.02).hex,
        "line": main.with_(lightness=0.34, most_chroma=0.025).hex,
        "line-strong": _readable(main.with_(lightness=0.55, most_chroma=0.03), paper, COMPONENT),
        "brand-soft": main.with_(lightness=0.31, most_chroma=0.05).hex,
        "accent-soft": second.with_(lightness=0.32, most_chroma=0.05).hex,
    }
    return _with_signals(tokens, main, second, lightness=0.78)


def _with_signals(tokens: Palette, main: Colour, second: Colour, *, lightness: float) -> Palette:
    """Add what must stand out: brand, accent, signs of success and refusal, shades of land."""
    # What is legible on the ground nearest to it in lightness is legible on all of them.
    grounds = (tokens["paper"], tokens["surface"], tokens["sunken"], tokens["brand-soft"])
    ground = (max if lightness > 0.6 else min)(grounds, key=_luminance)
    tokens |= {
        "brand": _readable(main, ground, TEXT),
        "accent": _readable(second, ground, COMPONENT),
        "accent-text": _readable(second, ground, TEXT),
        "ok": _readable(Colour(lightness, 0.12, 150), ground, TEXT),
        "warn": _readable(Colour(lightness, 0.11, 75), ground, TEXT),
        "no": _readable(Colour(lightness, 0.17, 27), ground, TEXT),
    }
    tokens["brand-ink"] = _ink_on(tokens["brand"])
    tokens["accent-ink"] = _ink_on(tokens["accent"])
    tokens["focus"] = tokens["accent-text"]
    steps = (0.945, 0.905, 0.86, 0.8, 0.72) if lightness < 0.6 else (0.25, 0.28, 0.32, 0.37, 0.43)
    return tokens | _land("land", main, steps, most_chroma=0.035) | _night(main, second)


def _night(main: Colour, second: Colour) -> Palette:
    """The territory seen at night, the same in both themes: lights on a dark land."""
    night = main.with_(lightness=0.255, most_chroma=0.05).hex
    return {
        "night": night,
        "night-ink": main.with_(lightness=0.975, most_chroma=0.01).hex,
        "night-soft": main.with_(lightness=0.86, most_chroma=0.03).hex,
        "night-line": _readable(main.with_(lightness=0.6, most_chroma=0.05), night, COMPONENT),
        "glow": _readable(second.with_(lightness=0.82), night, TEXT),
    } | _land("night-land", main, (0.3, 0.335, 0.375, 0.42, 0.48), most_chroma=0.06)


def _land(name: str, main: Colour, steps: tuple[float, ...], *, most_chroma: float) -> Palette:
    """Five shades from the emptiest to the densest fifth of the communes."""
    return {
        f"{name}-{number}": main.with_(lightness=step, most_chroma=most_chroma).hex
        for number, step in enumerate(steps, start=1)
    }


def _readable(colour: Colour, ground: str, ratio: float) -> str:
    """The colour itself, else the nearest lightness at which it reaches `ratio` on `ground`."""
    step = -0.01 if _luminance(ground) > 0.18 else 0.01
    while contrast(colour.hex, ground) < ratio and 0 <= colour.lightness + step <= 1:
        colour = Colour(colour.lightness + step, colour.chroma, colour.hue)
    return colour.hex


def _ink_on(ground: str) -> str:
    # One of the two always passes: at worst 4.58.
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, ground))


def _luminance(text: str) -> float:
    red, green, blue = (_linear(int(text[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _companded(channel: float) -> float:
    if channel <= 0.0031308:
        return 12.92 * channel
    return float(1.055 * channel ** (1 / 2.4) - 0.055)


def _clipped(channels: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(min(1.0, max(0.0, channel)) for channel in channels)


def _shown(channels: tuple[float, ...]) -> bool:
    """Whether a screen can show the colour, but for a rounding."""
    return all(-0.001 <= channel <= 1.001 for channel in channels)
