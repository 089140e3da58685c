"""published, updated, states: declared, or written down once."""

from datetime import timedelta

import pytest

from feedwright.model import State
from tests.ledger.builders import DAY, NOW, Little, candidate, gone_ids

HOUR = timedelta(hours=1)


def only(found):
    (article,) = found.articles
    return article


def test_undated_articles_of_one_run_have_distinct_seconds_in_the_order_of_paths():
    found = Little().run(candidate("c.md"), candidate("a.md"), candidate("b.md"))
    moments = [article.published for article in found.articles]
    assert [article.path for article in found.articles] == [f"content/{n}.md" for n in "abc"]
    assert moments == [NOW - timedelta(seconds=2), NOW - timedelta(seconds=1), NOW]


def test_dated_and_draft_articles_take_no_second():
    found = Little().run(
        candidate("a.md", published=NOW - DAY), candidate("b.md"), candidate("c.md", draft=True)
    )
    assert [article.published for article in found.articles] == [NOW - DAY, NOW]


def test_an_inferred_date_never_moves():
    site = Little()
    before = only(site.run(candidate("a.md")))
    site.run(candidate("a.md", "edited"))
    site.run(candidate("b.md", "edited", title="A"))
    assert only(site.run(candidate("b.md", "edited", title="A"))).published == before.published


def test_a_date_declared_later_counts_and_stays_when_it_is_taken_out():
    site = Little()
    first = only(site.run(candidate("a.md"))).first
    declared = only(site.run(candidate("a.md", published=NOW - 9 * DAY)))
    assert (declared.published, declared.first) == (NOW - 9 * DAY, first)
    without = site.run(candidate("a.md"))
    assert only(without).published == NOW - 9 * DAY
    assert without.lines == ()


def test_a_fraction_of_a_second_stands_nowhere_but_in_at():
    site = Little()
    site.now += timedelta(microseconds=250_000)
    (line,) = site.run(candidate("a.md")).lines
    assert (line.published, line.first, line.updated) == (NOW, NOW, NOW)
    assert line.at == NOW + timedelta(microseconds=250_000)


# ---------------------------------------------------------------- updated


def test_new_articles_were_updated_when_they_were_published():
    article = only(Little().run(candidate("a.md", published=NOW - DAY)))
    assert article.updated == NOW - DAY


def test_an_edit_moves_updated_to_the_run_once():
    site = Little()
    site.run(candidate("a.md"))
    assert only(site.run(candidate("a.md", "edited"))).updated == NOW + HOUR
    assert only(site.run(candidate("a.md", "edited"))).updated == NOW + HOUR


def test_moving_a_file_is_no_edit():
    site = Little()
    before = only(site.run(candidate("a.md")))
    assert only(site.run(candidate("x/b.md", title="A"))).updated == before.updated


def test_a_minor_edit_keeps_updated_also_when_the_mark_goes():
    site = Little()
    before = only(site.run(candidate("a.md")))
    assert only(site.run(candidate("a.md", "typo", minor=True))).updated == before.updated
    assert only(site.run(candidate("a.md", "typo"))).updated == before.updated


def test_declared_updated_counts_and_never_lies_before_published():
    site = Little()
    declared = candidate("a.md", published=NOW - 5 * DAY, updated=NOW - 2 * DAY)
    assert only(site.run(declared)).updated == NOW - 2 * DAY
    assert only(site.run(declared._replace(hash="1:edited"))).updated == NOW - 2 * DAY
    early = declared._replace(updated=NOW - 9 * DAY)
    assert only(site.run(early)).updated == NOW - 5 * DAY


def test_a_declared_update_that_is_to_come_is_ignored_until_then():
    site = Little()
    waiting = candidate("a.md", published=NOW - DAY, updated=NOW + DAY)
    found = site.run(waiting)
    assert only(found).updated == NOW - DAY
    assert found.next_due == NOW + DAY
    site.now = NOW + DAY
    assert only(site.run(waiting)).updated == NOW + DAY


def test_another_version_of_the_hash_is_recorded_and_moves_nothing():
    site = Little()
    before = only(site.run(candidate("a.md", hash="1:abc")))
    found = site.run(candidate("a.md", hash="2:def"))
    assert only(found).updated == before.updated
    assert [line.hash for line in found.lines] == ["2:def"]
    assert only(site.run(candidate("a.md", hash="2:xyz"))).updated > before.updated


def test_a_date_moved_forward_takes_updated_along():
    site = Little()
    site.run(candidate("a.md", published=NOW - 9 * DAY))
    article = only(site.run(candidate("a.md", published=NOW - DAY)))
    assert article.updated == article.published == NOW - DAY


# ---------------------------------------------------------------- a clock that jumps


def test_a_clock_that_jumps_back_takes_nothing_out_and_moves_nothing():
    site = Little()
    articles = [candidate("a.md"), candidate("b.md", published=NOW), candidate("c.md", "edited")]
    site.run(candidate("c.md"), after=HOUR)
    before = site.run(*articles)
    site.now = NOW - 300 * DAY
    after = site.run(*articles)
    assert after.articles == before.articles
    assert (after.lines, after.gone) == ((), ())


def test_an_edit_under_a_clock_that_jumped_back_does_not_move_updated_back():
    site = Little()
    before = only(site.run(candidate("a.md")))
    site.now = NOW - DAY
    article = only(site.run(candidate("a.md", "edited")))
    assert article.updated >= before.updated
    assert article.updated >= article.published


def test_an_expired_article_does_not_return_when_the_clock_jumps_back():
    site = Little()
    site.run(candidate("a.md", expires=NOW + HOUR / 2))
    assert len(site.run(candidate("a.md", expires=NOW + HOUR / 2)).gone) == 1
    site.now = NOW
    assert site.run(candidate("a.md", expires=NOW + HOUR / 2)).articles == ()


def test_two_runs_at_one_time_stay_in_order():
    site = Little()
    site.run(candidate("a.md"), after=0 * DAY)
    site.run(candidate("a.md", "edited"), after=0 * DAY)
    found = site.run(candidate("a.md"), after=0 * DAY)
    assert [line.at - NOW for line in found.lines] == [timedelta(microseconds=2)]
    assert site.ledger.articles[only(found).id].hash == candidate("a.md").hash


# ---------------------------------------------------------------- states


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"draft": True}, State.DRAFT),
        ({"draft": True, "expires": NOW - DAY}, State.DRAFT),
        ({"published": NOW + timedelta(seconds=1)}, State.FUTURE),
        ({"published": NOW}, State.LIVE),
        ({"expires": NOW}, State.EXPIRED),
        ({"expires": NOW + timedelta(seconds=1)}, State.LIVE),
    ],
)
def test_state_at_an_instant(fields, state):
    found = Little().run(candidate("a.md", **fields))
    assert [each.state for each in (*found.articles, *found.others)] == [state]
    assert len(found.lines) == (state is State.LIVE)


def test_a_future_article_appears_at_its_time_without_any_file_changing():
    site = Little()
    planned = candidate("a.md", published=NOW + DAY)
    found = site.run(planned)
    assert (found.articles, found.lines, found.next_due) == ((), (), NOW + DAY)
    site.now = NOW + DAY
    later = site.run(planned)
    assert only(later).published == NOW + DAY
    assert later.next_due is None


def test_the_next_due_is_the_nearest_of_all():
    found = Little().run(
        candidate("a.md", published=NOW + 3 * DAY),
        candidate("b.md", expires=NOW + 2 * DAY),
        candidate("c.md", expires=NOW + DAY, draft=True),
        candidate("d.md", published=NOW - DAY, updated=NOW + 4 * DAY),
    )
    assert found.next_due == NOW + 2 * DAY


def test_what_expired_by_itself_went_at_its_expiry():
    site = Little()
    expiring = candidate("a.md", expires=NOW + HOUR / 2)
    site.run(expiring, after=DAY)
    found = site.run(expiring)
    assert gone_ids(found.gone) == ["https://example.org/a/"]
    assert found.gone[0].when == NOW + HOUR / 2


def test_what_a_person_let_expire_in_the_past_went_when_the_run_saw_it():
    site = Little()
    site.run(candidate("a.md"), after=DAY)
    found = site.run(candidate("a.md", expires=NOW - DAY))
    assert found.gone[0].when == NOW + DAY


def test_gone_lines_keep_what_tombstones_and_events_need():
    site = Little()
    site.run(candidate("a.md", slug="s", title="T"))
    (line,) = site.run().gone
    assert (line.state, line.title, line.url, line.feeds) == (
        State.GONE,
        "T",
        "https://example.org/s/",
        (),
    )
