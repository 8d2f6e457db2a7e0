"""Arithmetic with two variables (Wangperawong 2018, arXiv:1812.02825).

"y=691,x=-999,y*x" becomes "-690309": both variables get an integer from -1000 to 999, in either
order; then they, or one of them twice, are added, subtracted or multiplied.
"""

from __future__ import annotations

import operator
import random
from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.text_problems import VocabType

_CORPUS = Source("mathematical_language_understanding_train.tar.gz")
_MEMBER = "symbolic_math_train.txt"
_OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


@registry.register_problem
class AlgorithmicMathTwoVariables(text_problems.Text2TextProblem):
    """Add, subtract or multiply two variables: "y=691,x=-999,y*x" becomes "-690309".

    Tensor2Tensor downloaded the samples of the paper's author. They are used if their archive, or
    `symbolic_math_train.txt`, lies in --tmp_dir; else as many are made as the paper describes: 12
    million, each pair of numbers once with each operation, in a random order of the variables.
    """

    vocab_type = VocabType.CHARACTER
    is_generate_per_split = False
    numbers: Any = range(-1000, 1000)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        if not _CORPUS.is_here(tmp_dir, _MEMBER):
            yield from self.made_samples()
            return
        for number, line in enumerate(_CORPUS.lines(tmp_dir, _MEMBER), 1):
            problem, colon, answer = line.strip().partition(":")
            if not (problem and colon and answer):
                raise T2TError(f"{_MEMBER}, line {number}: {line!r} is not 'PROBLEM:ANSWER'.")
            yield {"inputs": problem, "targets": answer}

    def made_samples(self) -> Iterator[dict[str, str]]:
        """Every pair of numbers, with every operation."""
        for x in self.numbers:
            for y in self.numbers:
                for sign, operation in _OPERATIONS.items():
                    values = {"x": x, "y": y}
                    first, second = random.sample(["x", "y"], 2)
                    left, right = random.choices(["x", "y"], k=2)
                    yield {
                        "inputs": f"{first}={values[first]},{second}={values[second]},"
                        f"{left}{sign}{right}",
                        "targets": str(operation(values[left], values[right])),
                    }
