"""The figure of the lesson on pain: where tired muscle burns, and where a pain that means stop runs."""

from interactive.markup import Markup, element

_BODY = (  # seen from behind: trunk, hips, legs and arms as thick lines, then the head
    ("M100 92V170", 58),
    ("M84 188H116", 44),
    ("M85 196L80 300L78 392", 31),
    ("M115 196L120 300L122 392", 31),
    ("M68 78L50 150L48 206", 17),
    ("M132 78L150 150L152 206", 17),
)


def feeling_figure() -> Markup:
    """Return two bodies from behind: a dull burn in both thighs, and a line down one leg."""
    tired = element(
        "g",
        [_oval(x, 186, 15, 19) for x in (84, 116)],
        [_oval(x, 254, 12, 36) for x in (82, 118)],
        class_="feeling-tired",
    )
    stop = element(
        "g",
        element("circle", cx=100, cy=152, r=13),
        element("path", d="M104 160L118 190L108 206L126 246L114 262L126 312L116 326L123 380"),
        class_="feeling-stop",
    )
    words = (
        "Two bodies seen from behind. On the first, both buttocks and both thighs are shaded: a dull burn "
        "in tired muscle. On the second, a jagged line runs from the low back through one buttock down "
        "the back of one leg: a sharp or electric pain, which means stop."
    )
    return element(
        "figure",
        element(
            "svg",
            _person(0, tired, "Tired muscle", "dull burn, both sides"),
            _person(220, stop, "Stop", "sharp or electric"),
            viewBox="-10 0 440 480",
            class_="feeling",
            role="img",
            aria_label=words,
        ),
        class_="chart-figure",
    )


def _person(x: int, feeling: Markup, title: str, words: str) -> Markup:
    limbs = [element("path", d=d, stroke_width=width) for d, width in _BODY]
    body = element("g", limbs, element("circle", cx=100, cy=38, r=24), class_="feeling-body")
    return element(
        "g",
        body,
        feeling,
        element("text", title, x=100, y=440, class_="feeling-title"),
        element("text", words, x=100, y=464),
        transform=f"translate({x} 0)",
    )


def _oval(x: int, y: int, rx: int, ry: int) -> Markup:
    return element("ellipse", cx=x, cy=y, rx=rx, ry=ry)
