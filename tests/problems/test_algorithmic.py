"""Algorithmic problems against plain Python arithmetic and the laws they are drawn from."""

import fractions
import itertools
import math
import random
import re
import string

import numpy as np
import pytest

from t2t_lite.errors import T2TError
from t2t_lite.problems import algorithmic, algorithmic_math

CASES = 3_000


def cases(problem, split="train", seed=0):
    """Samples of a split, as the generation calls for them."""
    random.seed(seed)
    np.random.seed(seed)
    return list(problem.generate_samples("", "", split))


def inputs_and_targets(problem_class, split="train"):
    problem = problem_class()
    problem.train_size = problem.dev_size = CASES
    return [(case["inputs"], case["targets"]) for case in cases(problem, split)]


def number(digits, base):
    return int("".join(map(str, reversed(digits))), base)


def is_about(values, mean, standard_deviation):
    """The mean of independent draws lies within five standard errors of what it should be."""
    return abs(np.mean(values) - mean) < 5 * standard_deviation / math.sqrt(len(values))


@pytest.mark.parametrize(
    ("problem_class", "expected"),
    [
        (algorithmic.AlgorithmicIdentityBinary40, lambda symbols: symbols),
        (algorithmic.AlgorithmicIdentityDecimal40, lambda symbols: symbols),
        (algorithmic.AlgorithmicShiftDecimal40, lambda symbols: [s + 10 for s in symbols]),
        (algorithmic.AlgorithmicReverseBinary40, lambda symbols: [*reversed(symbols)]),
        (algorithmic.AlgorithmicReverseDecimal40, lambda symbols: [*reversed(symbols)]),
        (algorithmic.AlgorithmicReverseNlplike8k, lambda symbols: [*reversed(symbols)]),
        (algorithmic.AlgorithmicSortProblem, sorted),
    ],
)
def test_targets_are_what_the_name_says(problem_class, expected):
    for inputs, targets in inputs_and_targets(problem_class):
        assert targets == expected(inputs)


@pytest.mark.parametrize(
    ("problem_class", "symbols", "train_length", "dev_length"),
    [
        (algorithmic.AlgorithmicIdentityBinary40, 2, 40, 400),
        (algorithmic.AlgorithmicReverseDecimal40, 10, 40, 400),
        (algorithmic.AlgorithmicShiftDecimal40, 10, 40, 80),
        (algorithmic.AlgorithmicSortProblem, 20, 10, 20),
    ],
)
def test_lengths_and_symbols_are_uniform(problem_class, symbols, train_length, dev_length):
    for split, longest in (("train", train_length), ("dev", dev_length), ("test", train_length)):
        sequences = [inputs for inputs, _ in inputs_and_targets(problem_class, split)]
        lengths = [len(sequence) for sequence in sequences]
        assert min(lengths) == 1
        assert max(lengths) <= longest
        assert is_about(lengths, (longest + 1) / 2, longest / math.sqrt(12))
        drawn = [*itertools.chain(*sequences)]
        assert set(drawn) == set(range(symbols))
        assert is_about(drawn, (symbols - 1) / 2, symbols / math.sqrt(12))


@pytest.mark.parametrize("base", [2, 10])
@pytest.mark.parametrize("operation", ["+", "*"])
def test_arithmetic_agrees_with_python(base, operation):
    problem_class = {
        ("+", 2): algorithmic.AlgorithmicAdditionBinary40,
        ("+", 10): algorithmic.AlgorithmicAdditionDecimal40,
        ("*", 2): algorithmic.AlgorithmicMultiplicationBinary40,
        ("*", 10): algorithmic.AlgorithmicMultiplicationDecimal40,
    }[operation, base]
    first_lengths, second_shares = [], []
    for inputs, targets in inputs_and_targets(problem_class):
        sign = inputs.index(base)
        a, b = inputs[:sign], inputs[sign + 1 :]
        result = number(a, base) + number(b, base)
        if operation == "*":
            result = number(a, base) * number(b, base)
        assert number(targets, base) == result
        for digits in (a, b, targets):  # no leading zeros
            assert len(digits) == 1 or digits[-1] != 0
        assert len(inputs) <= 40
        first_lengths.append(len(a))
        second_shares.append((len(b) - 1) / max(1, 38 - len(a)))
    assert set(first_lengths) == set(range(1, 21))
    assert is_about(first_lengths, 10.5, 20 / math.sqrt(12))
    assert is_about(second_shares, 0.5, 0.4)  # uniform in what is left: from 1 to 39 - len(a)
    assert max(second_shares) == 1


@pytest.mark.parametrize(
    ("problem_class", "symbols", "alpha"),
    [
        (algorithmic.AlgorithmicReverseNlplike8k, 8_000, 1.3),
        (algorithmic.AlgorithmicReverseNlplike32k, 32_000, 1.05),
    ],
)
def test_nlplike_follows_zipf_and_the_normal_distribution(problem_class, symbols, alpha):
    sequences = [inputs for inputs, _ in inputs_and_targets(problem_class)]
    drawn = np.concatenate(sequences)
    assert drawn.min() == 0
    assert drawn.max() < symbols
    total = math.fsum(rank**-alpha for rank in range(1, symbols + 1))
    for symbol in (0, 1, 10, 100):
        share = (symbol + 1) ** -alpha / total
        deviation = math.sqrt(share * (1 - share) / len(drawn))
        assert abs((drawn == symbol).mean() - share) < 5 * deviation
    lengths = [len(sequence) for sequence in sequences]
    assert is_about(lengths, 35.5, 7)  # rounded up
    assert np.std(lengths) == pytest.approx(7, rel=0.1)


def test_splits_and_sizes_are_tensor2tensors_and_two_more_at_training_length():
    problem = algorithmic.AlgorithmicReverseDecimal40()
    assert [(s["split"], s["shards"]) for s in problem.dataset_splits] == [
        ("train", 10),
        ("dev", 1),
        ("dev_short", 1),
        ("test", 1),
    ]
    assert (problem.train_size, problem.dev_size) == (100_000, 10_000)
    assert problem.validation_split == "dev_short"
    problem.train_size = problem.test_size = problem.dev_size = CASES
    longest = {s: max(len(c["inputs"]) for c in cases(problem, s)) for s in problem.split_names()}
    assert longest == {"train": 40, "dev": 400, "dev_short": 40, "test": 40}

    nlplike = algorithmic.AlgorithmicReverseNlplike8k()  # its dev is as long as its train
    assert nlplike.validation_split == "dev"
    assert nlplike.split_names() == ["train", "dev", "test"]


def test_unique_sort_repeats_no_number():
    class Unique(algorithmic.AlgorithmicSortProblem):
        unique = True

    for inputs, targets in inputs_and_targets(Unique):
        assert len(set(inputs)) == len(inputs)
        assert targets == sorted(inputs)


def test_too_short_for_arithmetic_is_an_error():
    problem = algorithmic.AlgorithmicAdditionBinary40()
    problem.train_length = 2
    with pytest.raises(T2TError, match="needs a length of 3"):
        cases(problem)


@pytest.mark.parametrize(
    "problem_class",
    [algorithmic.AlgorithmicAdditionDecimal40, algorithmic_math.AlgorithmicAlgebraInverse],
)
def test_files_hold_ids_within_the_vocabulary(problem_class, tmp_path):
    from t2t_lite.data import records

    problem = problem_class()
    problem.train_size, problem.num_shards = 200, 2
    problem.dev_size = problem.dev_short_size = problem.test_size = 50
    problem.generate_data(str(tmp_path), str(tmp_path), num_workers=1)
    vocab_size = problem.get_hparams(data_dir=str(tmp_path)).vocab_size
    encoders = problem.get_feature_encoders(str(tmp_path))
    written = set()
    for path in problem.filepaths(str(tmp_path), "train"):
        for example in records.read_examples(path):
            for feature, ids in example.items():
                assert ids[-1] == 1
                assert all(2 <= i < vocab_size[feature] for i in ids[:-1])
                text = encoders[feature].decode_until_eos(ids)
                assert encoders[feature].encode(text) == list(ids[:-1])
                written.update(ids)
    assert max(written) == max(vocab_size.values()) - 1  # no id is there for nothing


def value(formula, values):
    """By Python's own parser, in fractions."""
    return eval(formula, {"__builtins__": {}}, values)


def test_algebra_solutions_satisfy_their_equations():
    problem = algorithmic_math.AlgorithmicAlgebraInverse()
    problem.train_size = problem.dev_size = 1_000
    decode = problem.feature_encoders("")["inputs"].decode
    rng = random.Random(0)
    checked = 0
    for split, case in [(s, c) for s in ("train", "dev") for c in cases(problem, s)]:
        inputs, solution = (decode([s + 2 for s in case[f]]) for f in ("inputs", "targets"))
        variable, left, right = re.fullmatch(r"([a-z]):(.*)=(.*)", inputs).groups()
        assert (left + right).count(variable) == 1
        assert variable not in solution
        unknown, known = (left, right) if variable in left else (right, left)
        operations = len(re.findall(r"[-+*/]", unknown))
        assert operations <= 3 if split == "train" else operations >= 3  # depth 2 has 3 at most
        assert len(re.findall(r"[-+*/]", known)) <= (3 if split == "train" else 7)
        values = {v: fractions.Fraction(rng.randint(1, 10**6)) for v in string.ascii_lowercase}
        try:
            values[variable] = value(solution, values)
            assert value(left, values) == value(right, values)
            checked += 1
        except ZeroDivisionError:  # such as d/(a-a)
            pass
    assert checked > 1_800


def test_algebra_writes_no_needless_parentheses():
    expression = algorithmic_math.Operation
    a_plus_b, a_minus_b = expression("+", "a", "b"), expression("-", "a", "b")
    assert str(expression("+", a_plus_b, a_plus_b)) == "a+b+a+b"
    assert str(expression("-", a_minus_b, a_minus_b)) == "a-b-(a-b)"
    assert str(expression("+", "c", a_minus_b)) == "c+(a-b)"  # as Tensor2Tensor does
    assert str(expression("/", expression("*", "a", "b"), expression("*", "c", "d"))) == "a*b/(c*d)"
    assert str(expression("*", a_plus_b, "c")) == "(a+b)*c"


def test_algebra_known_solution():
    expression = algorithmic_math.Operation
    left = expression("+", "a", expression("*", "x", "b"))
    assert str(algorithmic_math.solve(left, "c", "x")) == "(c-a)/b"


def test_a_formula_with_a_foreign_character_is_an_error():
    with pytest.raises(T2TError, match="' ' cannot stand in a formula"):
        algorithmic_math.FormulaEncoder(26).encode("x:a + x=b")
