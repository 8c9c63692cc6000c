"""`verbale judge`: people's verdicts, one by one in the terminal or by id."""

from collections.abc import Callable
from typing import Any

import click

from verbale.errors import BadInput, VerbaleError
from verbale.views.commands.options import console, json_option, open_record, print_json, record_option, wants_json

VERDICTS = ("accept", "reject", "correct", "merge", "split", "undo")
KEYS = "a accept · r reject · c correct · s skip · u undo the last · w why (with reason next) · q quit"


@click.command()
@click.argument("finding", metavar="[ID]", required=False)
@click.argument("verdict", metavar="[VERDICT]", type=click.Choice(VERDICTS), required=False)
@click.argument("others", metavar="[OTHER]...", nargs=-1)
@click.option("--by", required=True, envvar="VERBALE_JUDGE", metavar="NAME", help="Who judges (or $VERBALE_JUDGE).")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@click.option("--set", "corrections", multiple=True, metavar="FIELD=VALUE",
              help="With `correct`: what it should be; people by name, id or country, several parted by `;`.")
@click.option("--kind", type=click.Choice(["statement", "event", "contact", "tally", "topic"]),
              help="Without ID: judge these alone.")
@record_option
@json_option
def judge(finding: str | None, verdict: str | None, others: tuple[str, ...], by: str, reason: str,
          corrections: tuple[str, ...], kind: str | None, record_path: str | None, as_json: bool) -> None:
    """Judge findings. Without ID: one after the other, the least sure first, with single keys.

    \b
    verbale judge --by "A. Reader"                              one after the other
    verbale judge co-3f0c accept --by ...                       a verdict on one
    verbale judge co-3f0c correct --set channel=phone --by ...  with fields set right (--set days=2020-12-29)
    verbale judge co-3f0c merge co-77aa --by ...                two findings tell of one thing
    verbale judge co-3f0c split [OTHER] --by ...                it is another thing than those it is joined with
    verbale judge co-3f0c undo [OTHER] --by ...                 takes the last verdict back

    Verdicts are added and never changed. What people judged beats the machine's reading in every view and export, and
    stays when the texts are coded again.
    """
    with open_record(record_path) as record:
        if finding is None:
            Sitting(record, by, kind).sit()
        elif verdict is None:
            raise BadInput(f"no verdict on {finding}; wanted one of {', '.join(VERDICTS)}")
        else:
            given = _judged(record, finding, verdict, others, by, reason, corrections)
            if wants_json(as_json):
                print_json(given)
            for one in given if not wants_json(as_json) else ():
                click.echo(f"{one.verdict} {one.finding} by {one.by}, {one.at}")


def _judged(record: Any, finding: str, verdict: str, others: tuple[str, ...], by: str, reason: str,
            corrections: tuple[str, ...]) -> list[Any]:
    from verbale.record import merge, pairs
    from verbale.record.explain import whole_id
    from verbale.record.find import finding as found_by
    from verbale.record.judge import judge as judged
    from verbale.views.known_people import who_of

    whole = whole_id(record, finding)
    rest = tuple(whole_id(record, one) for one in others)
    if verdict in ("merge", "split") or (verdict == "undo" and rest):
        if verdict == "merge" and not rest:
            raise BadInput("merge wants the other finding: verbale judge ID merge OTHER")
        if verdict == "split":
            given = pairs.split(record, whole, by, reason, rest)
        else:
            give = pairs.join if verdict == "merge" else pairs.undo
            given = [give(record, whole, other, by, reason) for other in rest]
        merge.refresh(record, [whole, *rest])
        return given
    told = [one.partition("=") for one in corrections]
    if any(not sign for _, sign, _ in told):
        raise BadInput("--set wants FIELD=VALUE, such as --set mode=visit")
    found = found_by(record, whole)
    return [judged(record, whole, verdict, by, reason, {field: value for field, _, value in told} or None,
                   who_of(found) if found else None)]


class Sitting:
    """One person judging in a terminal: what is next, what was skipped, what can be taken back."""

    def __init__(self, record: Any, by: str, kind: str | None, key: Callable[[], str] = click.getchar,
                 ask: Callable[[str], str] | None = None) -> None:
        self.record, self.by, self.kind, self.key = record, by, kind, key
        self.ask = ask or (lambda question: click.prompt(question, default="", show_default=False))
        self.skipped, self.given, self.reason = 0, 0, ""

    def sit(self) -> None:
        """Ask until nothing is left or the person leaves; then say how many verdicts were given."""
        from verbale.record.explain import explain
        from verbale.record.judge import least_sure

        while ids := least_sure(self.record, self.kind, 1, self.skipped):
            said = explain(self.record, ids[0])
            _show(said, self.kind)
            if not self._answered(said):
                break
        else:
            click.echo("nothing is left to judge" + (f" but {self.skipped} skipped" if self.skipped else ""))
        click.echo(f"{self.given} verdicts by {self.by}", err=True)

    def _answered(self, said: Any) -> bool:
        """Take keys until the finding is settled; False where the person leaves."""
        while True:
            click.echo(KEYS)
            key = self.key().lower()
            if key in ("q", "\x03", "\x04", ""):
                return False
            if key == "s":
                self.skipped += 1
                return True
            if key == "w":
                self.reason = self.ask("why")
            elif key == "u":
                self._undo()
                return True
            elif key in ("a", "r", "c") and self._gave({"a": "accept", "r": "reject", "c": "correct"}[key], said):
                return True

    def _gave(self, verdict: str, said: Any) -> bool:
        from verbale.record.judge import judge as judged
        from verbale.views.known_people import who_of

        correction = self._correction(said) if verdict == "correct" else None
        if verdict == "correct" and not correction:
            return False
        try:
            judged(self.record, said.found.id, verdict, self.by, self.reason, correction, who_of(said.found))
        except VerbaleError as refused:
            click.echo(f"not taken: {refused}")
            return False
        self.given, self.reason = self.given + 1, ""
        return True

    def _correction(self, said: Any) -> dict[str, str]:
        """Fields set right, each asked for with its value now; an empty answer leaves it, a single - empties it."""
        from verbale.record.corrections import fields_of, values_of
        from verbale.record.wire import KINDS, msgspec

        names = {one.words: one.actor.name for one in said.parties if one.actor}
        now = values_of(msgspec.convert(said.found.body, KINDS[said.found.kind]),
                        lambda party: names.get(party.words, party.words))
        changed = {}
        click.echo("Enter leaves a field as it is; - empties it")
        for field in fields_of(said.found.kind):
            if field.name in ("since", "until"):
                continue
            hint = f" ({' / '.join(field.choices) if len(field.choices) <= 12 else field.about})" \
                if field.choices or field.about else ""
            typed = self.ask(f"  {field.name} [{now[field.name]}]{hint}").strip()
            if typed:
                changed[field.name] = "" if typed == "-" else typed
        return changed

    def _undo(self) -> None:
        from verbale.record.judge import judge as judged
        from verbale.record.judge import last_standing

        last = last_standing(self.record, self.by)
        if last is None:
            click.echo("nothing to take back")
            return
        judged(self.record, last.finding, "undo", self.by, self.reason)
        self.given -= 1
        click.echo(f"taken back: {last.verdict} {last.finding}")


def _show(said: Any, kind: str | None) -> None:
    from rich.rule import Rule

    from verbale.views.commands.explain import _show as show

    console().print(Rule(style="dim"))
    show(said)
