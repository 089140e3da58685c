"""Any life of a site: whatever people do to files, each article stays one thing."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from feedwright.ledger.lines import parse
from feedwright.model import State
from tests.ledger.builders import DAY, NOW, Little, candidate


@dataclass(eq=False)
class File:
    """An article as its author thinks of it."""

    number: int
    path: str
    dated: bool
    words: int = 0
    title: int = 0
    draft: bool = False
    broken: bool = False
    there: bool = True
    edited_hidden: bool = False
    moved_hidden: bool = False
    id: str = ""
    dates: tuple = field(default=())

    def candidate(self):
        return candidate(
            self.path,
            f"{self.number} {self.words}",
            title=f"Title {self.number} {self.title}",
            published=NOW - self.number * DAY if self.dated else None,
            draft=self.draft,
        )


class Life(RuleBasedStateMachine):
    """Files are added, edited, renamed, swapped, drafted, broken, deleted, restored."""

    files = Bundle("files")

    def __init__(self):
        super().__init__()
        self.site = Little()
        self.all: list[File] = []
        self.paths = 0

    def fresh_path(self, folder=""):
        self.paths += 1
        return f"{folder}{self.paths}.md"

    def run_twice(self):
        there = [each for each in self.all if each.there]
        candidates = [each.candidate() for each in there if not each.broken]
        unreadable = {f"content/{each.path}": "broken" for each in there if each.broken}
        shuffled = random.Random(len(self.site.data)).sample(candidates, len(candidates))
        lines = self.site.data.splitlines(keepends=True)
        expected = self.site.look(*candidates, unreadable=unreadable)
        assert self.site.look(*shuffled, unreadable=unreadable) == expected
        assert parse(b"".join(reversed(lines))).articles == self.site.ledger.articles
        self.found = self.site.run(*candidates, unreadable=unreadable)
        again = self.site.look(*candidates, unreadable=unreadable)
        assert (again.lines, again.gone) == ((), ())
        assert again.articles == self.found.articles
        assert again.held == self.found.held

    def show(self, file):
        self.run_twice()
        hidden = file.draft or not file.there
        file.edited_hidden &= hidden
        file.moved_hidden &= hidden

    @rule(target=files, dated=st.booleans(), draft=st.booleans())
    def add(self, dated, draft):
        file = File(len(self.all), self.fresh_path(), dated, draft=draft)
        self.all.append(file)
        self.run_twice()
        return file

    @rule(file=files)
    def edit(self, file):
        hidden = file.draft or not file.there
        if file.broken or (hidden and file.moved_hidden and not file.dated):
            return
        file.words += 1
        file.edited_hidden |= hidden
        self.run_twice()

    @rule(file=files)
    def edit_title(self, file):
        if file.broken or file.draft or not file.there:
            return
        file.title += 1
        self.run_twice()

    @rule(file=files, folder=st.sampled_from(["", "a/", "a/b/"]), edit=st.booleans())
    def rename(self, file, folder, edit):
        lost = not file.dated and (edit or file.edited_hidden)
        if file.broken or ((file.draft or not file.there) and (lost or edit)):
            return
        file.path = self.fresh_path(folder)
        file.moved_hidden |= file.draft or not file.there
        file.words += edit
        self.run_twice()

    @rule(one=files, two=files)
    def swap_names(self, one, two):
        fit = [each.there and not (each.broken or each.draft) for each in (one, two)]
        if all(fit):
            one.path, two.path = two.path, one.path
            self.run_twice()

    @rule(one=files, two=files)
    def take_the_name_of_one_that_moves_away(self, one, two):
        fit = [each.there and not (each.broken or each.draft) for each in (one, two)]
        if all(fit) and one is not two:
            one.path, two.path = two.path, self.fresh_path("moved/")
            self.run_twice()

    @rule(target=files, original=files)
    def copy(self, original):
        """The copy has other words by the time it is seen, but the title and the date."""
        file = File(original.number, self.fresh_path(), original.dated, words=1000 + len(self.all))
        file.title = original.title
        if not original.there or original.broken or original.draft or original.edited_hidden:
            file.number = 1000 + len(self.all)
        self.all.append(file)
        self.run_twice()
        file.number, file.title = 2000 + len(self.all), 0
        file.dates = ()
        self.run_twice()
        return file

    @rule(file=files)
    def draft_or_publish(self, file):
        if not file.broken:
            file.draft = not file.draft
            self.show(file)

    @rule(file=files)
    def break_or_mend(self, file):
        if file.there and not file.draft:
            file.broken = not file.broken
            self.run_twice()

    @rule(file=files)
    def delete_or_restore(self, file):
        if not file.broken and not file.draft:
            file.there = not file.there
            self.show(file)

    @rule(files=st.lists(consumes(files), max_size=3))
    def delete_for_ever(self, files):
        for file in files:
            file.there = file.broken = False
        self.run_twice()

    @rule()
    def time_passes(self):
        self.site.now += timedelta(days=40)
        self.run_twice()

    @rule()
    def the_clock_jumps_back(self):
        self.site.now = max(NOW, self.site.now - timedelta(hours=30))
        self.run_twice()

    @invariant()
    def every_file_keeps_its_id_and_dates(self):
        if not self.all:
            return
        live = {article.path: article for article in self.found.articles}
        for file in self.all:
            article = live.get(f"content/{file.path}")
            assert bool(article) == (file.there and not file.broken and not file.draft)
            if article:
                file.id = file.id or article.id
                file.dates = file.dates or (article.published, article.first)
                assert article.id == file.id
                assert (article.published, article.first) == file.dates or file.dated
                assert article.published <= article.updated
        ids = [file.id for file in self.all if file.id]
        assert len(set(ids)) == len(ids)
        rows = self.site.ledger.articles
        assert set(rows) == set(ids)
        for file in self.all:
            if file.id and (not file.there or file.draft):
                assert rows[file.id].state is State.GONE
            elif file.id:
                assert rows[file.id].state is State.LIVE


Life.TestCase.settings = settings(deadline=None, max_examples=50, stateful_step_count=30)
TestLife = Life.TestCase
