"""Prints the values that the tests of `src/stats` hold, computed by scipy.

    correlations.py

Correlations are scipy.stats.{pearsonr, spearmanr, kendalltau}; the tail of Student's t is
scipy.stats.t.sf; Williams's statistic is written out from Graham & Baldwin (2014).
"""

import platform
from math import sqrt

import numpy
import scipy
from scipy import stats

SAMPLES = {
    "no ties": ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [2.5, 1.0, 4.0, 3.0, 9.0, 5.5]),
    "ties": ([1, 2, 2, 3, 3, 3, 5, 8], [1, 1, 4, 3, 3, 2, 7, 5]),
    "small spread": ([1e6 + 1, 1e6 + 2, 1e6 + 4, 1e6 + 3], [0.1, 0.4, 0.35, 0.2]),
    "against": ([0.5, -1.5, 2.25, 0.0, -0.0], [-3, 8, -9, 0.5, 0.25]),
}
# a longer one, with ties in both, that a test can make again
LONG = (
    [float(i * 7919 % 101) for i in range(500)],
    [float((i * 7919 % 101) // 4 + i * 104729 % 37) for i in range(500)],
)
STUDENT = [(0.0, 5), (1.0, 1), (2.5, 13), (-2.5, 13), (0.3, 97), (12.0, 1597), (60.0, 20), (1e-9, 3)]
WILLIAMS = [(0.65, 0.55, 0.3, 50), (0.2, 0.6, 0.9, 16), (-0.3, 0.1, -0.5, 4), (0.31, 0.3, 0.99, 1600)]


def williams(r12, r13, r23, n):
    k = 1 - r12**2 - r13**2 - r23**2 + 2 * r12 * r13 * r23
    below = 2 * k * (n - 1) / (n - 3) + (r12 + r13) ** 2 / 4 * (1 - r23) ** 3
    return (r12 - r13) * sqrt((n - 1) * (1 + r23)) / sqrt(below)


def main():
    print(f"python {platform.python_version()}, scipy {scipy.__version__}, numpy {numpy.__version__}")
    for name, (a, b) in {**SAMPLES, "long": LONG}.items():
        values = [f(a, b).statistic for f in (stats.pearsonr, stats.spearmanr, stats.kendalltau)]
        print(f"{name}: {', '.join(repr(float(value)) for value in values)}")
    for t, degrees in STUDENT:
        print(f"student({t}, {degrees}) = {float(2 * stats.t.sf(abs(t), degrees))!r}")
    for r12, r13, r23, n in WILLIAMS:
        t = williams(r12, r13, r23, n)
        print(f"williams({r12}, {r13}, {r23}, {n}) = {t!r}, {float(2 * stats.t.sf(abs(t), n - 3))!r}")


if __name__ == "__main__":
    main()
