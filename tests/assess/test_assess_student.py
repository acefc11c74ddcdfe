"""Student's t against printed tables, and against another implementation where it is installed."""

import pytest

from tracker.assess import student


@pytest.mark.parametrize(
    ("dof", "expected"), [(1, 6.3138), (2, 2.9200), (4, 2.1318), (10, 1.8125), (30, 1.6973), (120, 1.6577)]
)
def test_quantiles_of_the_printed_table(dof, expected):
    assert student.quantile(0.95, dof) == pytest.approx(expected, abs=5e-5)
    assert student.quantile(0.05, dof) == pytest.approx(-expected, abs=5e-5)


def test_one_degree_of_freedom_is_cauchy():
    assert student.cdf(1.0, 1) == pytest.approx(0.75, abs=1e-12)
    assert student.cdf(-1.0, 1) == pytest.approx(0.25, abs=1e-12)
    assert student.cdf(0.0, 7) == pytest.approx(0.5, abs=1e-12)


def test_agrees_with_another_implementation():
    stats = pytest.importorskip("scipy.stats")
    for dof in (1, 2, 3, 8, 25, 200):
        for t in (-40.0, -2.5, -0.01, 0.3, 1.0, 6.0, 90.0):
            assert student.cdf(t, dof) == pytest.approx(stats.t.cdf(t, dof), rel=1e-9, abs=1e-13)
