"""The command line with a chain that codes nothing, for tests of what reading commands do with what is read.

`python no_coder.py WORDS...` runs it in a process of its own.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice

from verbale.chain.chain import Chain, Coded, _refused
from verbale.model.findings import Findings
from verbale.model.report import Problem, Report


def code(self: Chain, reports: Iterable[Report | Problem]) -> Iterator[Coded | Problem]:
    """As the chain takes them, so many at once; every report that may be coded has no findings."""
    incoming = iter(reports)
    while batch := list(islice(incoming, self._reports_at_once)):
        for one in batch:
            refused = one if isinstance(one, Problem) else _refused(one)
            yield refused or Coded(one, None, Findings(one.id, one.window))


if __name__ == "__main__":
    from verbale.views.cli import main

    Chain.code = code
    sys.argv[0] = "verbale"
    main()
