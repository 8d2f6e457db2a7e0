"""Questions about paragraphs from miniatures of the JSON files."""

import json

import pytest
from contracts import run_problem_test
from generated import decoded, examples

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import squad


def content(part, answers=2):
    def paragraph(i):
        questions = [question(2 * i), question(2 * i + 1)]
        return {"context": f"Paragraph {i} of “{part}”.\nIts end.", "qas": questions}

    def question(i):
        found = [{"answer_start": 3, "text": f" answer {i} {j}"} for j in range(answers)]
        return {"id": str(i), "question": f" Which {part}, {i}? ", "answers": found}

    paragraphs = [paragraph(i) for i in range(3)]
    articles = [{"title": part, "paragraphs": paragraphs[:2]}, {"paragraphs": paragraphs[2:]}]
    return {"version": "1.1", "data": articles}


def expected(part):
    """(context, inputs, targets)"""
    return [
        (f"Paragraph {i // 2} of “{part}”.\nIts end.", f"Which {part}, {i}?", f"answer {i} 0")
        for i in range(6)
    ]


@pytest.fixture
def tmp_dir(tmp_path):
    (tmp_path / "tmp").mkdir()
    for part in ("train", "dev"):
        (tmp_path / "tmp" / f"{part}-v1.1.json").write_text(json.dumps(content(part)))
    return tmp_path / "tmp"


def test_contract(tmp_dir, tmp_path):
    run_problem_test(squad.Squad, tmp_path, tmp_dir)


def test_question_paragraph_and_first_answer(tmp_dir, tmp_path):
    problem = registry.problem("squad")
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    for split in ("train", "dev"):
        assert decoded(problem, tmp_path, split) == expected(split)
    # squad_concat reads the same files.
    assert decoded(registry.problem("squad_concat"), tmp_path, "dev") == expected("dev")


@pytest.mark.parametrize("name", ["squad", "squad_concat"])
def test_a_model_gets_question_separator_paragraph(tmp_dir, tmp_path, name):
    from t2t_lite.data import pipeline

    problem = registry.problem(name)
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    hparams = registry.hparams("transformer_tiny")
    problem_hparams = problem.get_hparams(hparams, str(tmp_path))
    assert problem_hparams.modality == {"inputs": "symbol", "targets": "symbol"}
    found = set()
    for batch in pipeline.evaluation_batches(
        problem, problem_hparams, str(tmp_path), "dev", hparams
    ):
        assert set(batch) == {"inputs", "targets"}
        found |= {tuple(i for i in ids if i) for ids in batch["inputs"].numpy().tolist()}
    wanted = [(*e["inputs"], 2, *e["context"]) for e in examples(problem, tmp_path, "dev")]
    assert found == set(wanted)
    assert all(ids.count(2) == 1 for ids in wanted)


def test_as_one_text(tmp_dir):
    problem = registry.problem("squad_text2text")
    samples = list(problem.generate_samples("", str(tmp_dir), "dev"))
    assert samples == [
        {"inputs": f"squad context: {context} question: {question}", "targets": answer}
        for context, question, answer in expected("dev")
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"data": [\n1,\n}', r"train-v1\.1\.json, line 3: this is not JSON"),
        ("[]", r"train-v1\.1\.json is not made as the files of SQuAD 1\.1 are"),
        (json.dumps(content("train", 0)), r"is not made as .* \(IndexError: .*SQuAD 2\.0"),
    ],
)
def test_malformed_files(tmp_path, text, message):
    (tmp_path / "train-v1.1.json").write_text(text)
    with pytest.raises(T2TError, match=message):
        list(registry.problem("squad").generate_samples("", tmp_path, "train"))
