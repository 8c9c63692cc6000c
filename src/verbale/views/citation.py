"""How a record is cited: so that a reader can tell whether he holds the same one."""

import hashlib

from verbale.record.store import Record


def record_hash(record: Record) -> str:
    """A hash over every claim of the record: the same reports coded alike give the same, in whatever order."""
    digest = hashlib.sha256()
    for row in record.connection.execute("SELECT id, text_hash, findings_hash FROM report ORDER BY id"):
        digest.update("\t".join(row).encode() + b"\n")
    verdicts = "SELECT id FROM judgement UNION ALL SELECT id FROM pair_judgement ORDER BY id"
    for row in record.connection.execute(verdicts):
        digest.update(row["id"].encode() + b"\n")
    return digest.hexdigest()


def citation(record: Record) -> str:
    """A sentence for a footnote, and the versions behind the record."""
    counts = record.row("SELECT (SELECT count(*) FROM report) AS reports, (SELECT count(*) FROM finding) AS findings, "
                        "(SELECT min(since) FROM report) AS since, (SELECT max(until) FROM report) AS until")
    assert counts is not None
    made = [run for run in record.runs() if run.coded]
    days = f", days {counts['since']} to {counts['until']}" if counts["since"] and counts["until"] else ""
    made_on = f", last run {made[0].started[:10]}" if made else ""
    lines = [f"Diplomatic record made with verbale {made[0].versions.get('program', '(version not noted)')} of "
             f"{counts['reports']} reports ({counts['findings']} findings{days}){made_on}. "
             f"Record hash sha256:{record_hash(record)}." if made else
             f"An empty record. Record hash sha256:{record_hash(record)}."]
    for run in made[:1]:
        lines += [f"{name}: {value}" for name, value in run.versions.items()]
    return "\n".join(lines)
