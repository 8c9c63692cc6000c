-- The record, version 2. Structs are kept whole as JSON (`body`); the columns beside them are what is asked for.
-- A report's text is stored once and never changed; every place counts its letters in Unicode code points.

CREATE TABLE run (
    id       TEXT PRIMARY KEY,
    number   INTEGER NOT NULL UNIQUE,
    started  TEXT NOT NULL,
    finished TEXT,                          -- null: still going, or killed
    versions TEXT NOT NULL                  -- JSON: program, tables, weights
) WITHOUT ROWID;

CREATE TABLE run_input (                    -- inputs = coded + skipped + failed, by counting rows
    run     TEXT NOT NULL REFERENCES run(id),
    number  INTEGER NOT NULL,
    place   TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('coded', 'skipped', 'failed')),
    reason  TEXT NOT NULL DEFAULT '',
    report  TEXT,
    PRIMARY KEY (run, number)
) WITHOUT ROWID;

CREATE TABLE report (
    number        INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    text          TEXT NOT NULL,
    text_hash     TEXT NOT NULL,            -- SHA-256 of the text in UTF-8
    title         TEXT,
    url           TEXT,
    source        TEXT,
    published     TEXT,                     -- a day, or null: not known
    since         TEXT,                     -- the window as coded, half-open
    until         TEXT,
    body          TEXT NOT NULL,            -- Report without text and place
    coded         TEXT NOT NULL,            -- Findings' window and doubts
    findings_hash TEXT NOT NULL,
    run           TEXT NOT NULL REFERENCES run(id)
);
CREATE INDEX report_day ON report (since, until);

CREATE TABLE sighting (                     -- where a report was read from; one text may lie in many places
    report TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE,
    place  TEXT NOT NULL,
    PRIMARY KEY (report, place)
) WITHOUT ROWID;

CREATE TABLE actor (                        -- as of the report's day
    report  TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE,
    id      TEXT NOT NULL,
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    code    TEXT,
    country TEXT,
    sector  TEXT,
    office  TEXT,
    body    TEXT NOT NULL,
    judged  INTEGER NOT NULL DEFAULT 0,     -- 1: a person's correction names it, the coder does not
    PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX actor_id ON actor (id);

CREATE TABLE actor_name (                   -- every name an actor has in this record, folded, for looking up
    folded  TEXT NOT NULL,
    id      TEXT NOT NULL,
    country TEXT NOT NULL,                  -- '' for none
    kind    TEXT NOT NULL,
    PRIMARY KEY (folded, id, country)
) WITHOUT ROWID;

CREATE TABLE finding (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    report     TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE,
    run        TEXT NOT NULL REFERENCES run(id),
    kind       TEXT NOT NULL CHECK (kind IN ('statement', 'event', 'contact', 'tally', 'topic')),
    type       TEXT NOT NULL,               -- act of a statement, PLOVER type, channel, channel, topic
    mode       TEXT,
    code       TEXT,                        -- derived CAMEO code of an event: a string, zeros matter
    status     TEXT,
    background INTEGER NOT NULL DEFAULT 0,
    asserted_by TEXT,
    start      INTEGER NOT NULL,
    stop       INTEGER NOT NULL,
    words      TEXT NOT NULL,
    rule       TEXT NOT NULL,
    confidence REAL NOT NULL,
    since      TEXT,                        -- the days it tells of; the report's window where it tells none
    until      TEXT,
    body       TEXT NOT NULL,
    judged     TEXT,                        -- accept or correct: a person's verdict stands; kept: one of those rests on it
    machine    TEXT,                        -- what the coder found here, where that differs from the body; '' for nothing
    sure       REAL NOT NULL DEFAULT 1      -- confidence, less where a party is doubtful: the least sure is judged first
);
CREATE INDEX finding_report ON finding (report, start);
CREATE INDEX finding_type ON finding (kind, type, since);
CREATE INDEX finding_day ON finding (kind, since);
CREATE INDEX finding_sure ON finding (sure, id) WHERE judged IS NULL AND kind <> 'topic';

CREATE TABLE set_aside (                    -- what the coder found and a person rejected: in no view, never lost
    id     TEXT PRIMARY KEY,
    report TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE,
    run    TEXT NOT NULL REFERENCES run(id),
    kind   TEXT NOT NULL,
    body   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX set_aside_report ON set_aside (report);

CREATE TABLE facet (                        -- how many findings of a kind have this type, status, year; kept by triggers
    kind  TEXT NOT NULL,
    facet TEXT NOT NULL CHECK (facet IN ('type', 'status', 'year')),
    value TEXT NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (kind, facet, value)
) WITHOUT ROWID;
CREATE TRIGGER facet_add AFTER INSERT ON finding BEGIN
    INSERT INTO facet VALUES (new.kind, 'type', new.type, 1), (new.kind, 'status', ifnull(new.status, ''), 1),
        (new.kind, 'year', ifnull(substr(new.since, 1, 4), ''), 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER facet_drop AFTER DELETE ON finding BEGIN
    UPDATE facet SET n = n - 1 WHERE kind = old.kind AND (facet, value) IN (VALUES ('type', old.type),
        ('status', ifnull(old.status, '')), ('year', ifnull(substr(old.since, 1, 4), '')));
END;

CREATE TABLE party (
    finding INTEGER NOT NULL REFERENCES finding(number) ON DELETE CASCADE,
    role    TEXT NOT NULL,                  -- speaker, co-speaker, addressee, about, who, whom, party, where, raised by
    place   INTEGER NOT NULL,
    actor   TEXT,
    country TEXT,
    words   TEXT NOT NULL,
    PRIMARY KEY (finding, role, place)
) WITHOUT ROWID;
CREATE INDEX party_actor ON party (actor, role);
CREATE INDEX party_country ON party (country, role);

CREATE TABLE dyad (                         -- directed pairs of countries of events and contacts; a mutual one both ways
    one     TEXT NOT NULL,
    other   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    since   TEXT NOT NULL DEFAULT '',
    finding INTEGER NOT NULL REFERENCES finding(number) ON DELETE CASCADE,
    PRIMARY KEY (one, other, kind, since, finding)
) WITHOUT ROWID;
CREATE INDEX dyad_finding ON dyad (finding);

CREATE TABLE dyad_count (                   -- how many findings a directed pair has, by kind and month; kept by triggers
    one   TEXT NOT NULL,
    other TEXT NOT NULL,
    kind  TEXT NOT NULL,
    month TEXT NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (one, other, kind, month)
) WITHOUT ROWID;
CREATE TRIGGER dyad_count_add AFTER INSERT ON dyad BEGIN
    INSERT INTO dyad_count VALUES (new.one, new.other, new.kind, substr(new.since, 1, 7), 1)
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER dyad_count_drop AFTER DELETE ON dyad BEGIN
    UPDATE dyad_count SET n = n - 1 WHERE one = old.one AND other = old.other AND kind = old.kind
        AND month = substr(old.since, 1, 7);
END;

CREATE TABLE about (                        -- topics of a finding: agenda, statement topics, the topic itself
    finding INTEGER NOT NULL REFERENCES finding(number) ON DELETE CASCADE,
    topic   TEXT NOT NULL,
    PRIMARY KEY (topic, finding)
) WITHOUT ROWID;
CREATE INDEX about_finding ON about (finding);

CREATE TABLE judgement (                    -- a person's verdicts; never erased, the last one counts
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    finding    TEXT NOT NULL,
    verdict    TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct', 'undo')),
    by         TEXT NOT NULL,
    at         TEXT NOT NULL,
    reason     TEXT NOT NULL DEFAULT '',
    correction TEXT,
    about      TEXT NOT NULL,               -- the finding's body as it was judged
    report     TEXT,
    becomes    TEXT,                        -- the body that stands by this verdict; null for reject and undo
    rests_on   TEXT                         -- JSON: the findings and actors that this body names
);
CREATE INDEX judgement_finding ON judgement (finding, number);
CREATE INDEX judgement_report ON judgement (report, number);
CREATE TRIGGER judgement_stays BEFORE UPDATE OF number, id, finding, verdict, by, at, reason, correction, report
    ON judgement BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgement_words BEFORE UPDATE OF about, becomes, rests_on ON judgement
    WHEN NOT (new.about = '' AND new.becomes IS NULL AND new.rests_on IS NULL)  -- only forgetting a report empties them
    BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgement_kept BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'judgements are never erased'); END;

CREATE TABLE pair_judgement (               -- verdicts on whether two findings tell of one thing; the last one counts
    number  INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    verdict TEXT NOT NULL CHECK (verdict IN ('merge', 'split', 'undo')),
    finding TEXT NOT NULL,                  -- the lesser id of the two
    other   TEXT NOT NULL,
    by      TEXT NOT NULL,
    at      TEXT NOT NULL,
    reason  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX pair_judgement_pair ON pair_judgement (finding, other, number);
CREATE INDEX pair_judgement_other ON pair_judgement (other);
CREATE TRIGGER pair_judgement_stays BEFORE UPDATE ON pair_judgement
    BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER pair_judgement_kept BEFORE DELETE ON pair_judgement
    BEGIN SELECT RAISE(ABORT, 'judgements are never erased'); END;

CREATE TABLE became (                       -- a judged finding that a newer coder tells at its place under another id
    finding TEXT PRIMARY KEY,
    now     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE forgotten (                    -- reports taken out: the id and the reason stay, text and findings do not
    report TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE happening (                    -- one thing in the world told by many reports; made anew from the findings
    id            TEXT PRIMARY KEY,
    kind          TEXT NOT NULL,            -- contact or event
    type          TEXT NOT NULL,
    since         TEXT,
    until         TEXT,
    status        TEXT,                     -- as the latest report tells it
    n_reports     INTEGER NOT NULL,
    n_copies      INTEGER NOT NULL,         -- reports that only repeat another's text
    n_independent INTEGER NOT NULL,
    differ        TEXT NOT NULL,            -- JSON: on what the reports differ
    first_seen    TEXT,                     -- the day of the first report that tells it, and of the last
    last_seen     TEXT,
    history       TEXT NOT NULL DEFAULT '[]' -- JSON: [day of the report, status], as it changed
) WITHOUT ROWID;
CREATE INDEX happening_day ON happening (since);

CREATE TABLE merged (state TEXT NOT NULL);   -- of the findings when the happenings were last made

CREATE TABLE member (
    happening TEXT NOT NULL REFERENCES happening(id) ON DELETE CASCADE,
    finding   TEXT NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL,
    part      TEXT NOT NULL DEFAULT 'tells', -- tells it, or denies it
    PRIMARY KEY (finding)
) WITHOUT ROWID;
CREATE INDEX member_happening ON member (happening);

CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='report', content_rowid='number',
    tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER report_words_add AFTER INSERT ON report BEGIN
    INSERT INTO report_words(rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER report_words_drop AFTER DELETE ON report BEGIN
    INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER report_words_change AFTER UPDATE OF title, text ON report BEGIN
    INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO report_words(rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE VIRTUAL TABLE finding_words USING fts5(words, content='finding', content_rowid='number',
    tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER finding_words_add AFTER INSERT ON finding BEGIN
    INSERT INTO finding_words(rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER finding_words_drop AFTER DELETE ON finding BEGIN
    INSERT INTO finding_words(finding_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
