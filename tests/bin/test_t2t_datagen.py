"""t2t-datagen: from the command line to files, and every mistake in one sentence."""

import sys

import pytest

from t2t_lite.bin import t2t_datagen
from t2t_lite.data import manifest

PLUGIN = '''
from t2t_lite import registry
from t2t_lite.problems import text_problems


@registry.register_problem
class TranslateMine(text_problems.Text2TextProblem):
  """English to Klingon from two files."""
  approx_vocab_size = 300
  def generate_samples(self, data_dir, tmp_dir, dataset_split):
    names = f"{dataset_split}.en", f"{dataset_split}.tlh"
    for en, tlh in text_problems.parallel_lines(tmp_dir, *names):
      yield {"inputs": en, "targets": tlh}
'''


def run(*arguments: str) -> int:
    return t2t_datagen.run(["t2t-datagen", *arguments])


@pytest.fixture
def paths(tmp_path, monkeypatch):
    """The flags for a plug-in's problem and its files; the plug-in is forgotten afterwards."""
    from t2t_lite import registry

    monkeypatch.setattr(registry.problems, "_components", dict(registry.problems._components))
    (tmp_path / "klingon_usr_dir").mkdir()
    (tmp_path / "klingon_usr_dir/__init__.py").write_text(PLUGIN)
    for name in ("train.en", "train.tlh", "dev.en", "dev.tlh"):
        (tmp_path / name).write_text("nuqneH\n" * 20)
    yield [
        f"--t2t_usr_dir={tmp_path}/klingon_usr_dir",
        f"--tmp-dir={tmp_path}",
        f"--data_dir={tmp_path}/data",
    ]
    sys.modules.pop("klingon_usr_dir", None)


def test_a_plug_in_problem(paths, tmp_path, monkeypatch, capsys):
    from t2t_lite.data import encoding

    monkeypatch.setattr(encoding, "ALONE_SECONDS", 0.0)  # so that processes find the plug-in
    command = ["--problem=translate_mine", "--num_concurrent_processes=2", *paths]
    assert run(*command, "--task_id=3", "--random_seed=7") == 0
    content = manifest.load(tmp_path / "data", "translate_mine")
    assert content["splits"]["train"]["records"] == 20 and content["seed"] == 7
    out, err = capsys.readouterr()
    assert "translate_mine train: 20 examples" in out
    assert err.strip() == "--task_id is ignored: one command writes all shards."
    assert run(*command, "--random_seed=7") == 0
    assert "nothing to do" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("train.en", b"x\n" * 19, "train.en has 19, "),
        ("dev.tlh", b"ok\nb\xe9d\n", "dev.tlh, line 2: this is not UTF-8"),
        ("train.tlh", b"", "train.tlh is empty"),
    ],
)
def test_faulty_files(paths, tmp_path, name, content, message, capsys):
    (tmp_path / name).write_bytes(content)
    assert run("--problem=translate_mine", *paths) == 2
    err = capsys.readouterr().err
    assert message in err and len(err.strip().split("\n")) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data_dir=x"], "--problem is missing"),
        (["--problem=text2text_tmpdir"], "--data_dir is missing"),
        (["--problem=text2text_tmpdr", "--data_dir=x"], "Did you mean 'text2text_tmpdir'"),
        (["--problm=text2text_tmpdir"], "--problem"),
        (["--problem=nothing_*", "--data_dir=x"], "no problem 'nothing_*'"),
    ],
)
def test_mistakes(arguments, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_several_problems():
    names = t2t_datagen.problem_names("translate_en*,text2text_tmpdir", "translate_encs_multi30k")
    assert {"translate_ende_multi30k", "text2text_tmpdir"} <= set(names)
    assert "translate_encs_multi30k" not in names and len(set(names)) == len(names)
