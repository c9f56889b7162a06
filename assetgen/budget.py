"""Count what a rendering costs: steps for every turn, call and large value go in, and an error comes out in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from decimal import Decimal
from typing import Any

from jinja2.exceptions import SecurityError as SandboxError

from assetgen.model import Value

MAX_STEPS = 200_000
MAX_TEXT = 500_000
MAX_OUTPUT = 5_000_000
# What costs about as much as one turn of a loop: this many characters copied, this many numbers of a range.
CHARACTERS_A_STEP = 500
NUMBERS_A_STEP = 4
STEPS_A_TEMPLATE = 50
STEPS_A_CALL = 4
STEPS_A_PART = 40

_LIGHT = (int, float, Decimal, Value, type(None))

_budget: ContextVar[list[int] | None] = ContextVar("budget", default=None)


class Budget:
    """Count the steps of one rendering inside a `with` block; a rendering within another has its own."""

    def __enter__(self) -> None:
        self._token = _budget.set([MAX_STEPS])

    def __exit__(self, *_: object) -> None:
        _budget.reset(self._token)


def spend(steps: int) -> None:
    """Take steps from the budget of the rendering; raises Jinja's SecurityError when it is used up."""
    left = _budget.get()
    if left is not None:
        left[0] -= steps
        if left[0] < 0:
            raise SandboxError(f"the template took more than {MAX_STEPS:,} steps: does a loop never end?")


def weighed(value: Any) -> Any:
    """Return a value after taking steps for its size: comparing or copying a large one costs like many turns."""
    if isinstance(value, _LIGHT) or (isinstance(value, str) and len(value) <= CHARACTERS_A_STEP):
        return value  # nearly all are
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if len(item) > CHARACTERS_A_STEP:
                spend(len(item) // CHARACTERS_A_STEP)
        elif isinstance(item, (list, tuple, set, frozenset)):
            spend(len(item))
            waiting.extend(item)
        elif isinstance(item, dict):
            spend(len(item))
            waiting.extend(item.values())
        elif isinstance(item, range):
            spend(len(item) // NUMBERS_A_STEP)
    return value


def measured(result: Any) -> Any:
    """Return what a template made; raises Jinja's SecurityError when it could grow to fill the memory."""
    if isinstance(result, str):
        if len(result) > MAX_TEXT:
            raise SandboxError(f"the template made a text of more than {MAX_TEXT:,} characters")
        spend(len(result) // CHARACTERS_A_STEP)
    elif isinstance(result, (list, tuple)):
        spend(len(result))
    elif isinstance(result, int) and result.bit_length() > 4096:
        raise SandboxError("the template made a number of more than 1,200 digits")
    return result


def counted(items: Iterable[Any]) -> Iterator[Any]:
    """Yield the items of a loop, each as one step of the budget."""
    for item in items:
        spend(1)
        yield item
