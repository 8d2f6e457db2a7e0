"""Translation of news: the corpora of the Workshops on Machine Translation (statmt.org).

Names, corpora, numbers of shards and vocabularies are those of Tensor2Tensor 1.15. The archives
are looked for in --tmp_dir, else downloaded; English-German and English-French come from
tensorflow_datasets when none of their archives is there, which has the same corpora. "test" is
ours: Tensor2Tensor had no test split. Its `dev.tgz` is that of 2017; later ones hold the same
files, and the test set of English-Chinese, which asks for a later one.

Two faults of Tensor2Tensor are not repeated: of files that differ in length it dropped what was
too much, so that a damaged corpus went unnoticed; and a pair with an empty side was dropped from
the development data as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.data.sources import Source
from t2t_lite.problems import translate
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.text_problems import VocabType
from t2t_lite.problems.translate import Corpus

# Checksums: tensorflow_datasets 4.9.10, url_checksums/wmt*_translate.txt.
_COMMON_CRAWL = Source(
    "http://www.statmt.org/wmt13/training-parallel-commoncrawl.tgz",
    "c7a74e2ea01ac6c920123108627e35278d4ccb5701e15428ffa34de86fa3a9e5",
)
_EUROPARL = Source(
    "http://www.statmt.org/wmt13/training-parallel-europarl-v7.tgz",
    "0224c7c710c8a063dfd893b0cc0830202d61f4c75c17eb8e31836103d27d96e7",
)
_UNITED_NATIONS = Source(
    "http://www.statmt.org/wmt13/training-parallel-un.tgz",
    "29141b5c1eba149a94f7a59d3b1a834b2e47fe0f8758d68dcd77a3d3f497ee47",
)
_NEWS_COMMENTARY_9 = Source(
    "http://www.statmt.org/wmt14/training-parallel-nc-v9.tgz",
    "cb8953f292298e6877ae433c98912b927cb0766b303f4540512ddd286c748485",
)
_NEWS_COMMENTARY_13 = Source(
    "http://data.statmt.org/wmt18/translation-task/training-parallel-nc-v13.tgz",
    "17992b7e919cfb754c60f4e754148bc23b80706ad0ed7b34150831a554b40c91",
)
_GIGA_FREN = Source(
    "http://www.statmt.org/wmt10/training-giga-fren.tar",
    "3ff8319f6919393520559bfbc7ad6a747ec81b3abc7be9993b338d4b017b4d9a",
)
_DEV = Source(
    "http://data.statmt.org/wmt19/translation-task/dev.tgz",
    "7a7deccf82ebb05ba508dba5eb21356492224e8f630ec4f992132b029b4b25e7",
)
_UN_CORPUS_ZH = Source(
    "https://storage.googleapis.com/tfds-data/downloads/uncorpus/UNv1.0.en-zh.tar.gz",
    "6f9c6401d5f0a49b20661324570d99fb86822d82f974748a361e19b9b886dd49",
)
# No checksum is known of these.
_PARACRAWL_ES = Source(
    "https://s3.amazonaws.com/web-language-models/paracrawl/release1/"
    "paracrawl-release1.en-es.zipporah0-dedup-clean.tgz"
)
_CZENG = Source(
    "https://lindat.mff.cuni.cz/repository/xmlui/bitstream/handle/11234/1-1458/"
    "data-plaintext-format.tar"
)
_CWMT = Source("cwmt.tgz")


def _parallel(source: Source, stem: str, language: str) -> Corpus:
    """A corpus in files such as "commoncrawl.de-en.en" and "commoncrawl.de-en.de"."""
    return source, (f"{stem}.en", f"{stem}.{language}")


def _common_crawl(language: str) -> Corpus:
    return _parallel(_COMMON_CRAWL, f"commoncrawl.{language}-en", language)


def _europarl(language: str) -> Corpus:
    return _parallel(_EUROPARL, f"training/europarl-v7.{language}-en", language)


def _united_nations(language: str) -> Corpus:
    return _parallel(_UNITED_NATIONS, f"un/undoc.2000.{language}-en", language)


def _news_commentary_13(language: str) -> Corpus:
    stem = f"training-parallel-nc-v13/news-commentary-v13.{language}-en"
    return _parallel(_NEWS_COMMENTARY_13, stem, language)


def _newstest(year: int, language: str) -> Corpus:
    return _parallel(_DEV, f"dev/newstest{year}", language)


def _newstest_sgm(year: int, language: str) -> Corpus:
    stem = f"dev/newstest{year}-{language}en"
    return _DEV, (f"{stem}-ref.en.sgm", f"{stem}-src.{language}.sgm")


def _corpora(language: str, *training: Corpus) -> dict[str, list[Corpus]]:
    """Training corpora, and the workshop's test sets of 2013 and 2014."""
    return {
        DatasetSplit.TRAIN: list(training),
        DatasetSplit.EVAL: [_newstest(2013, language)],
        DatasetSplit.TEST: [_newstest_sgm(2014, language)],
    }


class WmtProblem(translate.TranslateProblem):
    """A subclass sets `corpora`, and `tfds_name` if tensorflow_datasets has the same ones."""

    approx_vocab_size = 2**15
    dataset_splits: Any = splits(train=100, test=1)
    corpora: Any = {}
    """Split -> its corpora, in the form of `translate.Corpus`."""
    tfds_name: Any = ""
    """Data set of tensorflow_datasets, such as "wmt14_translate/fr-en"."""

    def source_data_files(self, dataset_split: str) -> Sequence[Corpus]:
        return self.corpora[dataset_split]

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        corpora = self.source_data_files(dataset_split)
        if not self.tfds_name or any(translate.is_here(corpus, tmp_dir) for corpus in corpora):
            yield from super().generate_samples(data_dir, tmp_dir, dataset_split)
            return
        instead = ", ".join(dict.fromkeys(source.filename for source, _ in corpora))
        for example in tfds_source.examples(self.tfds_name, dataset_split, tmp_dir, instead):
            source, target = example[self.source_language], example[self.target_language]
            yield {"inputs": source.strip(), "targets": target.strip()}


@registry.register_problem
class TranslateEndeWmt32k(WmtProblem):
    """English to German news (WMT): 4.6 million training pairs; dev newstest2013, test 2014."""

    target_language = "de"
    tfds_name = "wmt_t2t_translate/de-en"
    corpora: Any = _corpora("de", _news_commentary_13("de"), _common_crawl("de"), _europarl("de"))


@registry.register_problem
class TranslateEndeWmt8k(TranslateEndeWmt32k):
    """English to German news (WMT), with 8,192 subwords."""

    approx_vocab_size = 2**13


@registry.register_problem
class TranslateEndeWmtCharacters(TranslateEndeWmt32k):
    """English to German news (WMT), in bytes."""

    vocab_type = VocabType.CHARACTER


@registry.register_problem
class TranslateEnfrWmt32k(WmtProblem):
    """English to French news (WMT 2014): 41 million training pairs; dev newstest2013, test 2014."""

    target_language = "fr"
    tfds_name = "wmt14_translate/fr-en"
    corpora: Any = _corpora(
        "fr",
        _common_crawl("fr"),
        _europarl("fr"),
        _parallel(_NEWS_COMMENTARY_9, "training/news-commentary-v9.fr-en", "fr"),
        (_GIGA_FREN, ("giga-fren.release2.fixed.en.gz", "giga-fren.release2.fixed.fr.gz")),
        _united_nations("fr"),
    )


@registry.register_problem
class TranslateEnfrWmt8k(TranslateEnfrWmt32k):
    """English to French news (WMT 2014), with 8,192 subwords."""

    approx_vocab_size = 2**13


@registry.register_problem
class TranslateEnfrWmtCharacters(TranslateEnfrWmt32k):
    """English to French news (WMT 2014), in bytes."""

    vocab_type = VocabType.CHARACTER


@registry.register_problem
class TranslateEncsWmt32k(WmtProblem):
    """English to Czech news (WMT): CzEng 1.0 and others; dev newstest2013, test 2014."""

    target_language = "cs"
    corpora: Any = _corpora(
        "cs",
        # Columns: identifier, score, Czech, English.
        (_CZENG, ("tsv", 3, 2, "data.plaintext-format/*train.gz")),
        _news_commentary_13("cs"),
        _common_crawl("cs"),
        _europarl("cs"),
    )


@registry.register_problem
class TranslateEncsWmtCharacters(TranslateEncsWmt32k):
    """English to Czech news (WMT), in bytes."""

    vocab_type = VocabType.CHARACTER


@registry.register_problem
class TranslateEnesWmt32k(WmtProblem):
    """English to Spanish news (WMT 2013 and ParaCrawl); dev newstest2013, test newstest2012.

    2013 was the last year in which Spanish was a language of the workshop's news task.
    """

    target_language = "es"
    corpora: Any = {
        **_corpora(
            "es",
            _common_crawl("es"),
            _europarl("es"),
            _united_nations("es"),
            _parallel(_PARACRAWL_ES, "paracrawl-release1.en-es.zipporah0-dedup-clean", "es"),
        ),
        DatasetSplit.TEST: [_newstest(2012, "es")],
    }


@registry.register_problem
class TranslateEnesWmt8k(TranslateEnesWmt32k):
    """English to Spanish news, with 8,192 subwords."""

    approx_vocab_size = 2**13


@registry.register_problem
class TranslateEnesWmtCharacters(TranslateEnesWmt32k):
    """English to Spanish news, in bytes."""

    vocab_type = VocabType.CHARACTER


_CWMT_FILES = (
    ("cwmt/casia2015/casia2015_en.txt", "cwmt/casia2015/casia2015_ch.txt"),
    ("cwmt/casict2015/casict2015_en.txt", "cwmt/casict2015/casict2015_ch.txt"),
    ("cwmt/neu2017/NEU_en.txt", "cwmt/neu2017/NEU_cn.txt"),
    ("cwmt/datum2015/datum_en.txt", "cwmt/datum2015/datum_ch.txt"),
    *((f"cwmt/datum2017/Book{n}_en.txt", f"cwmt/datum2017/Book{n}_cn.txt") for n in range(1, 21)),
)


@registry.register_problem
class TranslateEnzhWmt8k(WmtProblem):
    """English to Chinese news commentary (WMT): 252,000 training pairs; dev newsdev2017, test 2017.

    A vocabulary for each language, in files that end in `.en` and `.zh`.
    """

    target_language = "zh"
    approx_vocab_size = 2**13
    joint_vocab = False
    dataset_splits: Any = splits(test=1)
    corpora: Any = {
        DatasetSplit.TRAIN: [_news_commentary_13("zh")],
        DatasetSplit.EVAL: [
            (_DEV, ("dev/newsdev2017-enzh-src.en.sgm", "dev/newsdev2017-enzh-ref.zh.sgm"))
        ],
        DatasetSplit.TEST: [_newstest_sgm(2017, "zh")],
    }

    def vocab_filenames(self) -> dict[str, str]:
        return {"inputs": f"{self.vocab_filename}.en", "targets": f"{self.vocab_filename}.zh"}


@registry.register_problem
class TranslateEnzhWmt32k(TranslateEnzhWmt8k):
    """English to Chinese news (WMT), all corpora that are in --tmp_dir; dev newsdev2017.

    News Commentary always; `UNv1.0.en-zh.tar.gz` (15.9 million pairs) and `cwmt.tgz` (8 million,
    for which one must register) if they lie in --tmp_dir, as in Tensor2Tensor. It kept what it had
    found for later calls, so that corpora were read twice, and by translate_enzh_wmt8k, too.
    """

    approx_vocab_size = 2**15
    dataset_splits = WmtProblem.dataset_splits
    optional: Any = (
        *((_CWMT, names) for names in _CWMT_FILES),
        _parallel(_UN_CORPUS_ZH, "en-zh/UNv1.0.en-zh", "zh"),
    )

    def build_vocabularies(self, data_dir: str, tmp_dir: str) -> None:
        for source in (_CWMT, _UN_CORPUS_ZH):
            is_not = "" if source.find(tmp_dir) else "not "
            print(f"{self.name}: {source.filename} is {is_not}in --tmp_dir", flush=True)
        super().build_vocabularies(data_dir, tmp_dir)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        yield from super().generate_samples(data_dir, tmp_dir, dataset_split)
        if dataset_split == DatasetSplit.TRAIN:
            found = [corpus for corpus in self.optional if translate.is_here(corpus, tmp_dir)]
            yield from translate.samples_of_corpora(found, tmp_dir)
