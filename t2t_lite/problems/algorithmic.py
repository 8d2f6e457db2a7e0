"""Algorithmic problems: data from a few lines of arithmetic, in any amount.

Names, lengths, sizes and distributions are Tensor2Tensor's (data_generators/algorithmic.py).
A sequence of length n is n symbols, the numbers 0 … num_symbols − 1, and the end of sequence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import DatasetSplit, Problem, ProblemHParams, SpaceID
from t2t_lite.text.encoder import EOS, NUM_RESERVED, TextEncoder
from t2t_lite.text.integer_encoder import IntegerEncoder

DEV_SHORT = "dev_short"


class AlgorithmicProblem(Problem):
    """A subclass says how many symbols there are and generates cases.

    "train" has sequences of up to `train_length` symbols. "dev" is Tensor2Tensor's: up to
    `dev_length`, which shows whether a model generalises to longer ones. "test" and "dev_short"
    are drawn as "train" is, so that they show whether it has learned the task at all; short
    sequences are so few that many of them are in "train" as well. All numbers can be overridden.
    """

    num_symbols: Any = 0
    train_length: Any = 40
    dev_length: Any = 400
    train_size: Any = 100_000
    dev_size: Any = 10_000
    dev_short_size: Any = 1_000
    test_size: Any = 10_000
    num_shards: Any = 10

    def generator(self, nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[dict]:
        """Yields {"inputs": symbols, "targets": symbols}, by NumPy's global random generator."""
        raise NotImplementedError(f"{type(self).__name__} must define generator")

    @property
    def validation_split(self) -> str:
        """The split to evaluate while training: at training lengths, unless "dev" is that."""
        return DEV_SHORT if self.dev_length > self.train_length else DatasetSplit.EVAL

    @property
    def dataset_splits(self) -> list[dict[str, Any]]:
        one_file = dict.fromkeys((DatasetSplit.EVAL, self.validation_split, DatasetSplit.TEST))
        return [
            {"split": DatasetSplit.TRAIN, "shards": self.num_shards},
            *({"split": split, "shards": 1} for split in one_file),
        ]

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        max_length, size = {
            DatasetSplit.TRAIN: (self.train_length, self.train_size),
            DatasetSplit.EVAL: (self.dev_length, self.dev_size),
            DEV_SHORT: (self.train_length, self.dev_short_size),
            DatasetSplit.TEST: (self.train_length, self.test_size),
        }[dataset_split]
        return self.generator(self.num_symbols, max_length, size)

    def encode_sample(self, sample: dict) -> dict[str, list[int]]:
        return {
            name: [*(int(s) + NUM_RESERVED for s in symbols), EOS]
            for name, symbols in sample.items()
        }

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        return dict.fromkeys(("inputs", "targets"), IntegerEncoder(self.num_symbols))

    def hparams(self, defaults: ProblemHParams, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.input_space_id = SpaceID.DIGIT_0
        defaults.target_space_id = SpaceID.DIGIT_1

    def eval_metrics(self) -> list[str]:
        return ["accuracy", "accuracy_per_sequence", "neg_log_perplexity", "exact_match"]


def random_sequences(nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[list[int]]:
    """Lengths uniform in [1, max_length], symbols uniform in [0, nbr_symbols)."""
    for _ in range(nbr_cases):
        length = np.random.randint(1, max_length + 1)
        yield np.random.randint(nbr_symbols, size=length).tolist()


@registry.register_problem
class AlgorithmicIdentityBinary40(AlgorithmicProblem):
    """Copy a sequence of two symbols."""

    num_symbols = 2

    def generator(self, nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[dict]:
        for inputs in random_sequences(nbr_symbols, max_length, nbr_cases):
            yield {"inputs": inputs, "targets": inputs}


@registry.register_problem
class AlgorithmicIdentityDecimal40(AlgorithmicIdentityBinary40):
    """Copy a sequence of ten symbols."""

    num_symbols = 10


@registry.register_problem
class AlgorithmicShiftDecimal40(AlgorithmicProblem):
    """Add ten to each of the symbols 0 to 9."""

    num_symbols = 20
    shift = 10
    dev_length = 80

    def generator(self, nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[dict]:
        for inputs in random_sequences(nbr_symbols - self.shift, max_length, nbr_cases):
            yield {"inputs": inputs, "targets": [symbol + self.shift for symbol in inputs]}


@registry.register_problem
class AlgorithmicReverseBinary40(AlgorithmicProblem):
    """Reverse a sequence of two symbols."""

    num_symbols = 2

    def generator(self, nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[dict]:
        for inputs in random_sequences(nbr_symbols, max_length, nbr_cases):
            yield {"inputs": inputs, "targets": inputs[::-1]}


@registry.register_problem
class AlgorithmicReverseDecimal40(AlgorithmicReverseBinary40):
    """Reverse a sequence of ten symbols."""

    num_symbols = 10


@registry.register_problem
class AlgorithmicReverseBinary40Test(AlgorithmicReverseBinary40):
    """Reverse at most ten symbols of two kinds; a very small data set for tests."""

    train_length = 10
    dev_length = 10
    train_size = 1_000
    dev_size = 100
    test_size = 100
    num_shards = 1


def zipf_cumulative(nbr_symbols: int, alpha: float) -> np.ndarray:
    """Zipf's law, P(symbol) ∝ (symbol + 1)^-alpha, summed up: float64 [nbr_symbols].

    Tensor2Tensor's sampling is off by one: it draws 1 … nbr_symbols, the last of which is not in
    its vocabulary. Here the symbols are 0 … nbr_symbols − 1.
    """
    summed = np.cumsum(np.arange(1, nbr_symbols + 1, dtype=np.float64) ** -alpha)
    return summed / summed[-1]


@registry.register_problem
class AlgorithmicReverseNlplike8k(AlgorithmicProblem):
    """Reverse a sequence of 8,000 symbols that is like a sentence in length and frequencies.

    The symbols follow Zipf's law; the length is normally distributed around half of
    `train_length` with a standard deviation of a tenth of it.
    """

    num_symbols = 8_000
    train_length = 70
    dev_length = 70
    zipf_alpha = 1.3

    def generator(self, nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[dict]:
        cumulative = zipf_cumulative(nbr_symbols, self.zipf_alpha)
        for _ in range(nbr_cases):
            length = int(abs(np.random.normal(max_length / 2, max_length / 10)) + 1)
            inputs = np.searchsorted(cumulative, np.random.random(length), side="right").tolist()
            yield {"inputs": inputs, "targets": inputs[::-1]}


@registry.register_problem
class AlgorithmicReverseNlplike32k(AlgorithmicReverseNlplike8k):
    """Reverse a sequence of 32,000 symbols that is like a sentence in length and frequencies."""

    num_symbols = 32_000
    zipf_alpha = 1.05


def lower_endian_to_number(digits: list[int], base: int) -> int:
    """[1, 2] in base 10 is 21."""
    number = 0
    for digit in reversed(digits):
        number = number * base + digit
    return number


def number_to_lower_endian(number: int, base: int) -> list[int]:
    """21 in base 10 is [1, 2]."""
    digits = [number % base]
    while number >= base:
        number //= base
        digits.append(number % base)
    return digits


def random_number_lower_endian(length: int, base: int) -> list[int]:
    """Uniform digits; the last, most significant one is not 0 unless it is the only one."""
    digits = np.random.randint(base, size=length).tolist()
    if length > 1:
        digits[-1] = np.random.randint(1, base)
    return digits


class ArithmeticProblem(AlgorithmicProblem):
    """Two numbers, least significant digit first, and what an operation makes of them.

    `num_symbols` is the base; the sign between the numbers is one symbol more, number
    `num_symbols` (which Tensor2Tensor's vocabulary lacks). The first number has up to half of
    the length, the second up to what is left of it.
    """

    def calculate(self, a: int, b: int) -> int:
        """The operation."""
        raise NotImplementedError(f"{type(self).__name__} must define calculate")

    def generator(self, nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[dict]:
        if max_length < 3:
            raise T2TError(f"{self.name} needs a length of 3 for 'a + b', not {max_length}.")
        base = nbr_symbols
        for _ in range(nbr_cases):
            length = np.random.randint(1, max_length // 2 + 1)
            a = random_number_lower_endian(length, base)
            b = random_number_lower_endian(np.random.randint(1, max_length - length), base)
            result = self.calculate(
                lower_endian_to_number(a, base), lower_endian_to_number(b, base)
            )
            yield {"inputs": [*a, base, *b], "targets": number_to_lower_endian(result, base)}

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        return dict.fromkeys(("inputs", "targets"), IntegerEncoder(self.num_symbols + 1))


@registry.register_problem
class AlgorithmicAdditionBinary40(ArithmeticProblem):
    """Add two binary numbers, least significant digit first."""

    num_symbols = 2

    def calculate(self, a: int, b: int) -> int:
        return a + b


@registry.register_problem
class AlgorithmicAdditionDecimal40(AlgorithmicAdditionBinary40):
    """Add two decimal numbers, least significant digit first."""

    num_symbols = 10


@registry.register_problem
class AlgorithmicMultiplicationBinary40(ArithmeticProblem):
    """Multiply two binary numbers, least significant digit first."""

    num_symbols = 2

    def calculate(self, a: int, b: int) -> int:
        return a * b


@registry.register_problem
class AlgorithmicMultiplicationDecimal40(AlgorithmicMultiplicationBinary40):
    """Multiply two decimal numbers, least significant digit first."""

    num_symbols = 10


@registry.register_problem
class AlgorithmicSortProblem(AlgorithmicProblem):
    """Sort numbers; with `unique`, no number comes twice in a sequence."""

    train_length = 10
    unique: Any = False

    @property
    def dev_length(self) -> int:
        return 2 * self.train_length

    @property
    def num_symbols(self) -> int:
        return max(self.train_length, self.dev_length)

    def generator(self, nbr_symbols: int, max_length: int, nbr_cases: int) -> Iterator[dict]:
        sequences = random_sequences(nbr_symbols, max_length, nbr_cases)
        for inputs in sequences:
            if self.unique:
                inputs = np.random.permutation(nbr_symbols)[: len(inputs)].tolist()
            yield {"inputs": inputs, "targets": sorted(inputs)}
