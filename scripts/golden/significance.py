"""Writes `crates/stats/tests/golden.json`: samples, and what scipy, statsmodels and
scikit-posthocs say of them.

    significance.py > crates/stats/tests/golden.json

Samples are multiples of 1/64, so that they are exact and have ties.
"""

import json
import platform

import numpy
import scikit_posthocs
import scipy
import statsmodels
from scipy import stats
from scipy.stats._resampling import BootstrapResult
from statsmodels.stats.multitest import multipletests

LEVEL = 0.95


def numbers(values):
    return [float(value) for value in values]


def sample(random, count, shift=0.0):
    return numbers(numpy.clip(numpy.round((random.beta(2, 4, count) + shift) * 64) / 64, 0, 1))


def intervals(random, count):
    values = sample(random, count)
    data = (numpy.array(values),)
    drawn = random.integers(0, count, (299, count))
    means = numpy.array(values)[drawn].mean(axis=1)
    before = BootstrapResult(None, means, None)
    bounds = {}
    for method in ("percentile", "BCa"):
        found = stats.bootstrap(
            data, numpy.mean, n_resamples=0, confidence_level=LEVEL, method=method, bootstrap_result=before
        ).confidence_interval
        bounds[method.lower()] = [float(found.low), float(found.high)]
    return {"sample": values, "means": numbers(means), **bounds}


def pair(random, count, shift):
    a = sample(random, count)
    b = numbers(numpy.clip(numpy.array(a) + numpy.round(random.normal(shift, 0.1, count) * 64) / 64, 0, 1))
    difference = lambda x, y: numpy.mean(x) - numpy.mean(y)
    # every exchange for up to 12 documents, otherwise 100,000 of them
    exchanged = stats.permutation_test(
        (a, b), difference, permutation_type="samples", n_resamples=100_000, rng=random
    )
    signed = stats.wilcoxon(a, b)
    differences = numpy.array(a) - numpy.array(b)
    u = stats.mannwhitneyu(a, b).statistic
    return {
        "a": a,
        "b": b,
        "randomisation": float(exchanged.pvalue),
        "wilcoxon": [float(signed.statistic), float(signed.pvalue)],
        "cliff": float(2 * u / (count * count) - 1),
        # Student's t of the differences is the standardised difference times √n
        "standardised": float(stats.ttest_rel(a, b).statistic / numpy.sqrt(count)),
        "wins": [int((differences > 0).sum()), int((differences == 0).sum()), int((differences < 0).sum())],
    }


def wilcoxon_without_ties(random, count):
    differences = random.permutation(numpy.arange(1, count + 1)) * random.choice([-1, 1], count, p=[0.3, 0.7])
    a = numbers(differences / 64)
    found = stats.wilcoxon(a, numpy.zeros(count))
    return {"a": a, "wilcoxon": [float(found.statistic), float(found.pvalue)]}


def blocks(random, count, systems):
    skill = numpy.linspace(0, 0.15, systems)
    values = [numbers(numpy.round((random.uniform(size=systems) / 2 + skill) * 16) / 16) for _ in range(count)]
    matrix = numpy.array(values)
    found = stats.friedmanchisquare(*matrix.T)
    f = (count - 1) * found.statistic / (count * (systems - 1) - found.statistic)
    return {
        "blocks": values,
        "chi_squared": [float(found.statistic), float(found.pvalue)],
        "iman_davenport": [float(f), float(stats.f.sf(f, systems - 1, (systems - 1) * (count - 1)))],
        "mean_ranks": numbers(stats.rankdata(-matrix, axis=1).mean(axis=0)),
        "nemenyi": [numbers(row) for row in scikit_posthocs.posthoc_nemenyi_friedman(matrix).values],
        "critical_difference": float(
            stats.studentized_range.ppf(LEVEL, systems, numpy.inf)
            * numpy.sqrt(systems * (systems + 1) / (12 * count))
        ),
    }


def family(random, count):
    values = numbers(random.uniform(size=count) ** 3)
    adjusted = lambda method: numbers(multipletests(values, method=method)[1])
    return {"p": values, "holm": adjusted("holm"), "benjamini_hochberg": adjusted("fdr_bh")}


def letters(random, systems):
    p = numpy.ones((systems, systems))
    for a in range(systems):
        for b in range(a + 1, systems):
            p[a, b] = p[b, a] = float(numpy.round(numpy.exp(-random.exponential(1.5) * (b - a)), 3))
    found = scikit_posthocs.compact_letter_display(p)
    return {"p": [numbers(row) for row in p], "letters": [str(letters) for letters in numpy.ravel(found)]}


def main():
    random = numpy.random.default_rng(20260131)
    golden = {
        "versions": {
            "python": platform.python_version(),
            "numpy": numpy.__version__,
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
            "scikit-posthocs": scikit_posthocs.__version__,
        },
        "level": LEVEL,
        "intervals": [intervals(random, count) for count in (5, 20, 60)],
        "pairs": [pair(random, count, shift) for count, shift in ((8, 0.05), (12, 0.0), (60, 0.03), (150, 0.02))],
        "wilcoxon": [wilcoxon_without_ties(random, count) for count in (4, 17, 50, 51)],
        "friedman": [blocks(random, count, systems) for count, systems in ((5, 3), (14, 4), (9, 12))],
        "families": [family(random, count) for count in (1, 6, 45)],
        "letters": [letters(random, systems) for systems in (3, 5, 8)],
    }
    print(json.dumps(golden))


if __name__ == "__main__":
    main()
