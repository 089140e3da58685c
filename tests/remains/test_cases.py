import pytest

from .casefiles import FOLDER, RENEW, cases_of, rendered, renew

FILES = sorted(FOLDER.glob("*.txt"))
if RENEW:
    for path in FILES:
        renew(path, cases_of(path))
CASES = [(path.stem, case) for path in FILES for case in cases_of(path)]


@pytest.mark.parametrize(
    ("family", "case"), CASES, ids=[f"{family}-{case.name}" for family, case in CASES]
)
def test_readers_get_what_they_should_see(family, case):
    assert rendered(case.source, case.options) == (case.html, case.removed)
