"""What `feedwright check` answers: what is wrong, what is left out, what a build would refuse."""

from datetime import datetime
from typing import NamedTuple

from feedwright.announce import renderers_of
from feedwright.errors import PUBLISHED, PUBLISHED_WITH_HELD, REFUSED, RefusedError
from feedwright.foresee import foresee, refused_by_state
from feedwright.model import LeftOut, Problem, Severity
from feedwright.site import Site
from feedwright.survey.run import survey


class Checked(NamedTuple):
    """What a check of a site found."""

    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    live: int | None
    """The number of articles that are fit to publish; None when that cannot be told."""
    refused: tuple[str, ...]
    """Why the next build would be refused, in the build's words."""

    @property
    def errors(self) -> int:
        """The number of problems that keep something out."""
        return sum(each.severity is Severity.ERROR for each in self.problems)

    @property
    def code(self) -> int:
        """The exit code of the build that would follow."""
        if self.refused:
            return REFUSED
        return PUBLISHED_WITH_HELD if self.errors else PUBLISHED


def check(
    site: Site, now: datetime, *, allow_mass_removal: bool = False, adopt: bool = False
) -> Checked:
    """Lint a site, and foresee what a build would refuse. Writes nothing.

    Raises what is exit code 2: TemplateError, LedgerError.
    """
    renderers_of(site)
    try:
        found = survey(site, now)
    except RefusedError as error:
        return Checked((), (), None, tuple(map(str, (*refused_by_state(site), error))))
    foreseen = foresee(found, allow_mass_removal=allow_mass_removal, adopt=adopt)
    return Checked(
        found.problems,
        found.identified.gathered.left_out,
        len(found.live),
        tuple(map(str, foreseen.refused)),
    )
