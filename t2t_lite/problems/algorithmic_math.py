"""Symbolic mathematics: solving an equation for a variable.

Expressions and their distribution are Tensor2Tensor's (data_generators/algorithmic_math.py). An
expression is a variable, such as "a", or an operation on two expressions.
"""

from __future__ import annotations

import dataclasses
import random
import string
from collections.abc import Iterable, Iterator
from typing import Union

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems.algorithmic import AlgorithmicProblem
from t2t_lite.text.encoder import NUM_RESERVED, TextEncoder

VARIABLES = string.ascii_letters
SIGNS = ":()=+-*/"
PRECEDENCE = {"+": 0, "-": 0, "*": 1, "/": 1}
ASSOCIATIVE = "+*"

Expression = Union[str, "Operation"]


@dataclasses.dataclass(frozen=True)
class Operation:
    """`left sign right`; `str` writes it with as few parentheses as it needs."""

    sign: str
    left: Expression
    right: Expression

    def __str__(self) -> str:
        return f"{self._operand(self.left)}{self.sign}{self._operand(self.right, True)}"

    def _operand(self, operand: Expression, is_right: bool = False) -> str:
        if isinstance(operand, str):
            return operand
        looser = PRECEDENCE[self.sign] - PRECEDENCE[operand.sign]
        regroups = self.sign == operand.sign and self.sign in ASSOCIATIVE
        needs_parentheses = looser > 0 or (is_right and looser == 0 and not regroups)
        return f"({operand})" if needs_parentheses else str(operand)

    def __contains__(self, variable: str) -> bool:
        return any(
            side == variable if isinstance(side, str) else variable in side
            for side in (self.left, self.right)
        )


def random_expression(depth: int, variables: str, required: str | None = None) -> Expression:
    """A random tree: one of its leaves is at `depth`, and `required` is once among them.

    At every operation, one side is one less deep, the other of any smaller depth.
    """
    if not depth:
        return required or random.choice(variables)
    depths = [depth - 1, random.randrange(depth)]
    random.shuffle(depths)
    wanted = [required, None]
    random.shuffle(wanted)
    left, right = (random_expression(d, variables, w) for d, w in zip(depths, wanted, strict=True))
    return Operation(random.choice("+-*/"), left, right)


def solve(left: Expression, right: Expression, variable: str) -> Expression:
    """What `variable`, which is once in `left`, is if `left = right`.

    Takes the operations on the variable's side apart from the outermost inwards.
    """
    while isinstance(left, Operation):
        sign, a, b = left.sign, left.left, left.right
        if a == variable or (isinstance(a, Operation) and variable in a):
            inverse = {"+": "-", "-": "+", "*": "/", "/": "*"}[sign]
            left, right = a, Operation(inverse, right, b)
        elif sign in ASSOCIATIVE:
            left, right = b, Operation("-" if sign == "+" else "/", right, a)
        else:  # a - x = right, a / x = right
            left, right = b, Operation(sign, a, right)
    return right


class FormulaEncoder(TextEncoder):
    """One id per character of a formula: signs first, then variables."""

    def __init__(self, num_variables: int):
        self._characters = SIGNS + VARIABLES[:num_variables]

    @property
    def vocab_size(self) -> int:
        return NUM_RESERVED + len(self._characters)

    def encode(self, text: str) -> list[int]:
        unknown = sorted(set(text) - set(self._characters))
        if unknown:
            raise T2TError(
                f"{unknown[0]!r} cannot stand in a formula; write one like 'x:a+x=b' with "
                f"{self._characters}, without blanks."
            )
        return [self._characters.index(character) + NUM_RESERVED for character in text]

    def decode(self, ids: Iterable[int]) -> str:
        return "".join(
            self._characters[i - NUM_RESERVED] for i in ids if NUM_RESERVED <= i < self.vocab_size
        )


@registry.register_problem
class AlgorithmicAlgebraInverse(AlgorithmicProblem):
    """Solve an equation for a variable: "x:a+x*b=c" becomes "(c-a)/b".

    The lengths are depths of expressions here: up to 2 on either side for training; 3 on the
    side with the variable for "dev", as in Tensor2Tensor, which shows generalisation to deeper
    ones. The variable to solve for is once in the equation, so that the solution is unique.
    """

    num_symbols = 26
    train_length = 2
    dev_length = 3

    def generator(self, nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[dict]:
        variables = VARIABLES[:nbr_symbols]
        encoder = FormulaEncoder(nbr_symbols)
        min_depth = 0 if max_length <= self.train_length else max_length
        for _ in range(nbr_cases):
            variable = random.choice(variables)
            others = variables.replace(variable, "")
            known = random_expression(random.randint(0, max_length), others)
            unknown = random_expression(random.randint(min_depth, max_length), others, variable)
            left, right = random.sample([known, unknown], 2)
            texts = {
                "inputs": f"{variable}:{left}={right}",
                "targets": str(solve(unknown, known, variable)),
            }
            yield {
                name: [i - NUM_RESERVED for i in encoder.encode(text)]
                for name, text in texts.items()
            }

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        return dict.fromkeys(("inputs", "targets"), FormulaEncoder(self.num_symbols))
