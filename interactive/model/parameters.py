"""Every number of the model in one list, for the site's table of parameters and its bibliography."""

from collections.abc import Iterator
from dataclasses import dataclass

from interactive.model import (
    advice,
    anthropometry,
    chain,
    depth,
    evidence,
    exercises,
    geometry,
    loads,
    posture,
    self_tests,
    sensitivity,
    sled,
    uncertainty,
    units,
)
from interactive.model.cited import Assumed, Cited, Quantity

MODULES = (
    anthropometry,
    geometry,
    posture,
    sled,
    loads,
    chain,
    uncertainty,
    depth,
    advice,
    self_tests,
    sensitivity,
    evidence,
    exercises,
    units,
)


@dataclass(frozen=True)
class Parameter:
    """One number of the model: where it stands in the code, and all that is known about it.

    `use` is `sampled` (drawn anew for each plausible body), `asked` (a reader sets it) or `fixed`.
    """

    module: str
    name: str
    symbol: str
    words: str
    use: str
    quantity: Quantity

    @property
    def is_cited(self) -> bool:
        """Whether the number is published, and not an assumption."""
        return isinstance(self.quantity, Cited)


def parameters() -> Iterator[Parameter]:
    """Yield every cited and every assumed number once, link by link, in the order of the code.

    Returns:
        Parameters; `words` is the name in plain letters, such as `hip limit`.

    Source:
        The modules of the chain; a test finds any module left out.

    Example:
        >>> first = next(parameters())
        >>> first.module, first.name, first.use
        ('anthropometry', 'STATURE', 'asked')
    """
    seen: set[int] = set()
    for module in MODULES:
        for name, quantity in vars(module).items():
            if isinstance(quantity, (Cited, Assumed)) and id(quantity) not in seen:
                seen.add(id(quantity))
                yield Parameter(
                    module=module.__name__.rpartition(".")[2],
                    name=name,
                    symbol=quantity.symbol,
                    words=name.lower().replace("_", " "),
                    use=_use(quantity),
                    quantity=quantity,
                )


def _use(quantity: Quantity) -> str:
    def among(group: dict[str, Assumed]) -> bool:
        return any(quantity is member for member in group.values())

    if among(chain.INPUTS) or among(chain.SELF_TESTS):
        return "asked"
    sampled = {
        field: unknown
        for field, unknown in chain.UNKNOWNS.items()
        if field not in uncertainty.SET_WITHOUT_SAMPLING
    }
    return "sampled" if among(sampled) else "fixed"
