"""News and talks from miniatures of the original archives, and from tensorflow_datasets."""

import gzip
import shutil

import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test
from generated import decoded, few_shards
from tfds_miniature import prepare_wmt_ende

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import translate
from t2t_lite.text.subword_encoder import SubwordTextEncoder


def lines(corpus, language, count=3):
    return [f"{corpus} {language} {i}: \u2028 „ß“" for i in range(count)]


def text(*args):
    # Some have blanks around; the last line of some has no end.
    return "".join(f" {line} \r\n" for line in lines(*args)).removesuffix("\r\n")


def sgm(corpus, language, count=3):
    segments = "".join(
        f'<seg id="{i}">{line}</seg>\n' for i, line in enumerate(lines(corpus, language, count), 1)
    )
    return f'<srcset setid="{corpus}">\n<doc docid="1">\n<p>\n{segments}</p>\n</doc>\n'


def pair(stem, language, make=text):
    return {f"{stem}.{code}": make(stem, code) for code in ("en", language)}


TESTS = {"es": "dev/newstest2012", "zh": "dev/newstest2017-zhen"}


def dev_archive(language):
    stem = TESTS.get(language, f"dev/newstest2014-{language}en")
    return {
        **pair("dev/newstest2012", language),
        **pair("dev/newstest2013", language),
        f"{stem}-ref.en.sgm": sgm(stem, "en"),
        f"{stem}-src.{language}.sgm": sgm(stem, language),
    }


def archives_of(language):
    """The archives' members, as they are called at statmt.org."""
    czeng = "".join(
        f"id-{i}\t0.9\t{cs}\t{en}\n\n"
        for i, (cs, en) in enumerate(zip(lines("czeng", "cs"), lines("czeng", "en"), strict=True))
    )
    common = {
        "training-parallel-commoncrawl.tgz": pair(f"commoncrawl.{language}-en", language),
        "training-parallel-europarl-v7.tgz": pair(f"training/europarl-v7.{language}-en", language),
        "dev.tgz": dev_archive(language),
    }
    news_13 = {
        "training-parallel-nc-v13.tgz": pair(
            f"training-parallel-nc-v13/news-commentary-v13.{language}-en", language
        )
    }
    united_nations = {
        "training-parallel-un.tgz": pair(f"un/undoc.2000.{language}-en", language),
    }
    giga = pair("giga-fren.release2.fixed", "fr")
    paracrawl = "paracrawl-release1.en-es.zipporah0-dedup-clean"
    newsdev = "dev/newsdev2017-enzh"
    return {
        "de": common | news_13,
        "fr": {
            **common,
            **united_nations,
            "training-parallel-nc-v9.tgz": pair("training/news-commentary-v9.fr-en", "fr"),
            "training-giga-fren.tar": {
                f"{name}.gz": gzip.compress(content.encode(), mtime=0)
                for name, content in giga.items()
            },
        },
        "cs": {
            **common,
            **news_13,
            "data-plaintext-format.tar": {
                f"data.plaintext-format/{name}.gz": gzip.compress(content.encode(), mtime=0)
                for name, content in (("00train", czeng), ("98dtest", "x"), ("01train", "\n"))
            },
        },
        "es": {**common, **united_nations, f"{paracrawl}.tgz": pair(paracrawl, "es")},
        "zh": {
            **news_13,
            "dev.tgz": {
                **dev_archive("zh"),
                f"{newsdev}-src.en.sgm": sgm(newsdev, "en"),
                f"{newsdev}-ref.zh.sgm": sgm(newsdev, "zh"),
            },
        },
    }[language]


def write_archives(directory, language):
    for name, members in archives_of(language).items():
        write_archive(directory / name, members)
    return directory


def expected(language, *corpora, count=3):
    return [
        {"inputs": inputs, "targets": targets}
        for corpus in corpora
        for inputs, targets in zip(
            lines(corpus, "en", count), lines(corpus, language, count), strict=True
        )
    ]


def samples(name, tmp_dir, split="train"):
    return list(registry.problem(name).generate_samples("", str(tmp_dir), split))


TRAINING = {
    "de": (
        "training-parallel-nc-v13/news-commentary-v13.de-en",
        "commoncrawl.de-en",
        "training/europarl-v7.de-en",
    ),
    "fr": (
        "commoncrawl.fr-en",
        "training/europarl-v7.fr-en",
        "training/news-commentary-v9.fr-en",
        "giga-fren.release2.fixed",
        "un/undoc.2000.fr-en",
    ),
    "cs": (
        "czeng",
        "training-parallel-nc-v13/news-commentary-v13.cs-en",
        "commoncrawl.cs-en",
        "training/europarl-v7.cs-en",
    ),
    "es": (
        "commoncrawl.es-en",
        "training/europarl-v7.es-en",
        "un/undoc.2000.es-en",
        "paracrawl-release1.en-es.zipporah0-dedup-clean",
    ),
    "zh": ("training-parallel-nc-v13/news-commentary-v13.zh-en",),
}


@pytest.mark.parametrize("language", TRAINING)
def test_corpora(tmp_path, language):
    write_archives(tmp_path, language)
    name = f"translate_en{language}_wmt32k"
    splits = registry.problem(name).split_names()
    found = {split: samples(name, tmp_path, split) for split in splits}
    test = TESTS.get(language, f"dev/newstest2014-{language}en")
    dev = "dev/newsdev2017-enzh" if language == "zh" else "dev/newstest2013"
    assert found == {
        "train": expected(language, *TRAINING[language]),
        "dev": expected(language, dev),
        "test": expected(language, test),
    }


@pytest.mark.parametrize("name", ["translate_ende_wmt32k", "translate_enzh_wmt8k"])
def test_contract(tmp_path, monkeypatch, name):
    language = name[len("translate_en") :][:2]
    write_archives(tmp_path / "tmp", language)
    run_problem_test(few_shards(monkeypatch, name), tmp_path, tmp_path / "tmp")


def test_unpacked_as_tensor2tensor_left_it(tmp_path):
    for members in archives_of("de").values():
        write_files(tmp_path, members)
    assert samples("translate_ende_wmt8k", tmp_path) == expected("de", *TRAINING["de"])


def test_chinese_corpora_that_are_there(tmp_path, capsys):
    write_archives(tmp_path, "zh")
    books = {
        f"cwmt/{stem}_{end}.txt": text(stem, {"en": "en"}.get(end, "zh"))
        for stem, ends in [
            ("casia2015/casia2015", ("en", "ch")),
            ("casict2015/casict2015", ("en", "ch")),
            ("neu2017/NEU", ("en", "cn")),
            ("datum2015/datum", ("en", "ch")),
            *((f"datum2017/Book{i}", ("en", "cn")) for i in range(1, 21)),
        ]
        for end in ends
    }
    write_archive(tmp_path / "cwmt.tgz", books)
    news = expected("zh", *TRAINING["zh"])
    stems = dict.fromkeys(name[len("cwmt/") : -len("_en.txt")] for name in books)
    all_books = expected("zh", *stems)
    assert samples("translate_enzh_wmt32k", tmp_path) == news + all_books
    write_archive(tmp_path / "UNv1.0.en-zh.tar.gz", pair("en-zh/UNv1.0.en-zh", "zh"))
    nations = expected("zh", "en-zh/UNv1.0.en-zh")
    assert samples("translate_enzh_wmt32k", tmp_path) == news + all_books + nations
    assert samples("translate_enzh_wmt8k", tmp_path) == news


def test_talks(tmp_path):
    for archive, stem in [
        ("train-en-vi.tgz", "train"),
        ("dev-2012-en-vi.tgz", "tst2012"),
        ("test-2013-en-vi.tgz", "tst2013"),
    ]:
        write_archive(tmp_path / archive, pair(stem, "vi"))
    for split, stem in (("train", "train"), ("dev", "tst2012"), ("test", "tst2013")):
        assert samples("translate_envi_iwslt32k", tmp_path, split) == expected("vi", stem)


def test_tensorflow_datasets_if_no_archive_is_there(tmp_path, monkeypatch):
    pairs = [(f" Line {i}", f"Zeile {i} ") for i in range(30)]
    dev = [("A dev line", "Eine Zeile")]
    prepare_wmt_ende(tmp_path, {"train": pairs, "validation": dev, "test": dev})
    found = samples("translate_ende_wmt32k", tmp_path)
    assert sorted((s["inputs"], s["targets"]) for s in found) == sorted(
        (en.strip(), de.strip()) for en, de in pairs
    )
    stripped = [{"inputs": "A dev line", "targets": "Eine Zeile"}]
    assert samples("translate_ende_wmt32k", tmp_path, "dev") == stripped
    write_archive(tmp_path / "dev.tgz", archives_of("de")["dev.tgz"])
    assert samples("translate_ende_wmt32k", tmp_path, "dev") == expected("de", "dev/newstest2013")


def test_a_directory_of_tensor2tensor(shared_dir, tmp_path):
    """Files that Tensor2Tensor wrote, under the names that it would have given them."""
    made = shared_dir / "reference/t2t/data_dir"
    for path in made.iterdir():
        name = path.name.replace("translate_multi30k", "translate_ende_wmt8k")
        shutil.copy(path, tmp_path / name)
    problem = registry.problem("translate_ende_wmt8k")
    english, german = (
        (shared_dir / f"reference/t2t/val40.{code}").read_text().split("\n")[:40]
        for code in ("en", "de")
    )
    assert set(zip(english, german, strict=True)) <= set(decoded(problem, tmp_path, "dev"))
    assert isinstance(problem.get_feature_encoders(tmp_path)["inputs"], SubwordTextEncoder)


def test_chinese_vocabularies_of_tensor2tensor(shared_dir, tmp_path):
    vocabulary = shared_dir / "reference/t2t/data_dir/vocab.translate_multi30k.8192.subwords"
    for code in ("en", "zh"):
        shutil.copy(vocabulary, tmp_path / f"vocab.translate_enzh_wmt8k.8192.subwords.{code}")
    encoders = registry.problem("translate_enzh_wmt8k").get_feature_encoders(tmp_path)
    assert {type(encoder) for encoder in encoders.values()} == {SubwordTextEncoder}


class TestFaults:
    """Each names the file, and the line if there is one."""

    def fails(self, tmp_path, match, language="de", split="train"):
        with pytest.raises(T2TError, match=match):
            samples(f"translate_en{language}_wmt32k", tmp_path, split)

    def test_nothing_is_there(self, tmp_path, monkeypatch):
        from t2t_lite.data import tfds_source

        def unreachable(*args):
            raise ConnectionError("no route")

        monkeypatch.setattr(tfds_source, "_prepared", unreachable)
        self.fails(
            tmp_path,
            r"cannot give wmt_t2t_translate/de-en \(no route\)\. Lay "
            r"training-parallel-nc-v13\.tgz, training-parallel-commoncrawl\.tgz, "
            r"training-parallel-europarl-v7\.tgz in --tmp_dir",
        )

    def test_unequal_lengths(self, tmp_path):
        write_archives(tmp_path, "de")
        stem = "training/europarl-v7.de-en"
        members = {f"{stem}.en": text(stem, "en"), f"{stem}.de": text(stem, "de", 5)}
        write_archive(tmp_path / "training-parallel-europarl-v7.tgz", members)
        self.fails(tmp_path, r"europarl-v7\.de-en\.en has 3, .*europarl-v7\.de-en\.de has 5")

    def test_other_member(self, tmp_path):
        write_archives(tmp_path, "de")
        write_archive(tmp_path / "training-parallel-commoncrawl.tgz", {"readme": "x"})
        self.fails(tmp_path, r"commoncrawl\.tgz holds no files commoncrawl\.de-en\.en")

    def test_columns(self, tmp_path):
        write_archives(tmp_path, "cs")
        content = gzip.compress(b"id\t0.9\tcs\ten\n\nid\t0.9\tcs\n")
        members = {"data.plaintext-format/07train.gz": content}
        write_archive(tmp_path / "data-plaintext-format.tar", members)
        self.fails(tmp_path, r"07train\.gz, line 3: expected 4 columns .* found 3", "cs")

    def test_segments(self, tmp_path):
        stem = "dev/newstest2014-deen"
        members = {
            f"{stem}-ref.en.sgm": '<doc>\n<seg id="1">ends\nlater</seg>\n',
            f"{stem}-src.de.sgm": '<doc>\n<seg id="1">endet</seg>\n',
        }
        write_archive(tmp_path / "dev.tgz", members)
        self.fails(tmp_path, r"deen-ref\.en\.sgm, line 2: a <seg …> does not end", split="test")

    def test_memory_files_are_not_read(self, tmp_path):
        corpus = ("en-de.tmx.gz", ("tmx", "en-de.tmx.gz"))
        with pytest.raises(T2TError, match=r"en-de\.tmx\.gz: TMX files are not read"):
            list(translate.samples_of_corpora([corpus], tmp_path))


def test_a_problem_written_for_tensor2tensor(tmp_path):
    """Its hook gives addresses and names of files in lists; an empty address is --tmp_dir."""

    class TranslateMine(translate.TranslateProblem):
        name = "translate_mine"

        def source_data_files(self, dataset_split):
            return [
                ["http://nowhere.invalid/mine.tgz", ("mine.en", "mine.de")],
                ["", ["more.en", "more.de"]],
            ]

    write_archive(tmp_path / "mine.tgz", pair("mine", "de"))
    write_files(tmp_path, pair("more", "de"))
    found = list(TranslateMine().generate_samples("", tmp_path, "train"))
    assert found == expected("de", "mine", "more")
