"""Arithmetic with two variables against Python's own, and from the author's file."""

import collections
import random
import re

import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems.algorithmic_math_two_variables import AlgorithmicMathTwoVariables

LINE = re.compile(r"([xy])=(-?\d+),([xy])=(-?\d+),([xy])([-+*])([xy])")
FILE = "y=691,x=-999,y*x:-690309\ny=210,x=-995,y+x:-785\nx=-995,y=210,x*x:990025\n"


def made(numbers):
    random.seed(1)
    problem = AlgorithmicMathTwoVariables()
    problem.numbers = numbers
    return [(s["inputs"], s["targets"]) for s in problem.generate_samples("", "/nowhere", "train")]


def test_contract(tmp_path):
    run_problem_test(AlgorithmicMathTwoVariables, tmp_path, tmp_path / "empty")


def test_every_pair_with_every_operation():
    numbers = range(-20, 20)
    seen = collections.Counter()
    orders, operands = collections.Counter(), collections.Counter()
    samples = made(numbers)
    for problem, answer in samples:
        first, a, second, b, left, sign, right = LINE.fullmatch(problem).groups()
        values = {first: int(a), second: int(b)}
        assert set(values) == {"x", "y"}
        assert eval(f"({values[left]}){sign}({values[right]})") == int(answer)
        seen[values["x"], values["y"], sign] += 1
        orders[first] += 1
        operands[left, right] += 1
    assert len(samples) == len(seen) == 3 * len(numbers) ** 2
    for counts, kinds in ((orders, 2), (operands, 4)):
        share, deviation = 1 / kinds, (1 / kinds * (1 - 1 / kinds) / len(samples)) ** 0.5
        assert len(counts) == kinds
        assert all(abs(n / len(samples) - share) < 5 * deviation for n in counts.values())


def test_numbers_are_the_papers():
    assert (min(AlgorithmicMathTwoVariables.numbers), max(AlgorithmicMathTwoVariables.numbers)) == (
        -1000,
        999,
    )


@pytest.mark.parametrize("is_unpacked", [True, False])
def test_the_authors_samples(tmp_path, is_unpacked):
    members = {"symbolic_math_train.txt": FILE}
    if is_unpacked:
        write_files(tmp_path, members)
    else:
        write_archive(tmp_path / "mathematical_language_understanding_train.tar.gz", members)
    problem = registry.problem("algorithmic_math_two_variables")
    samples = [(s["inputs"], s["targets"]) for s in problem.generate_samples("", tmp_path, "train")]
    assert samples == [tuple(line.split(":")) for line in FILE.split()]


def test_a_malformed_line(tmp_path):
    write_files(tmp_path, {"symbolic_math_train.txt": "y=1,x=2,y*x:2\ny=1,x=2,y*x 2\n"})
    problem = registry.problem("algorithmic_math_two_variables")
    with pytest.raises(T2TError, match=r"symbolic_math_train\.txt, line 2: .* is not 'PROBLEM:"):
        list(problem.generate_samples("", tmp_path, "train"))
