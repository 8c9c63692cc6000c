-- From version 1 to 2: verdicts stand in every view, pairs are judged with a reason, counts are kept.

ALTER TABLE actor ADD COLUMN judged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN judged TEXT;
ALTER TABLE finding ADD COLUMN machine TEXT;
ALTER TABLE finding ADD COLUMN sure REAL NOT NULL DEFAULT 1;
UPDATE finding SET sure = confidence;
CREATE INDEX finding_sure ON finding (sure, id) WHERE judged IS NULL AND kind <> 'topic';

CREATE TABLE set_aside (
    id     TEXT PRIMARY KEY,
    report TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE,
    run    TEXT NOT NULL REFERENCES run(id),
    kind   TEXT NOT NULL,
    body   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX set_aside_report ON set_aside (report);

CREATE TABLE facet (
    kind  TEXT NOT NULL,
    facet TEXT NOT NULL CHECK (facet IN ('type', 'status', 'year')),
    value TEXT NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (kind, facet, value)
) WITHOUT ROWID;
INSERT INTO facet
    SELECT kind, 'type', type, count(*) FROM finding GROUP BY kind, type
    UNION ALL SELECT kind, 'status', ifnull(status, ''), count(*) FROM finding GROUP BY 1, 3
    UNION ALL SELECT kind, 'year', ifnull(substr(since, 1, 4), ''), count(*) FROM finding GROUP BY 1, 3;
CREATE TRIGGER facet_add AFTER INSERT ON finding BEGIN
    INSERT INTO facet VALUES (new.kind, 'type', new.type, 1), (new.kind, 'status', ifnull(new.status, ''), 1),
        (new.kind, 'year', ifnull(substr(new.since, 1, 4), ''), 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER facet_drop AFTER DELETE ON finding BEGIN
    UPDATE facet SET n = n - 1 WHERE kind = old.kind AND (facet, value) IN (VALUES ('type', old.type),
        ('status', ifnull(old.status, '')), ('year', ifnull(substr(old.since, 1, 4), '')));
END;

CREATE TABLE dyad_count (
    one   TEXT NOT NULL,
    other TEXT NOT NULL,
    kind  TEXT NOT NULL,
    month TEXT NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (one, other, kind, month)
) WITHOUT ROWID;
INSERT INTO dyad_count SELECT one, other, kind, substr(since, 1, 7), count(*) FROM dyad GROUP BY 1, 2, 3, 4;
CREATE TRIGGER dyad_count_add AFTER INSERT ON dyad BEGIN
    INSERT INTO dyad_count VALUES (new.one, new.other, new.kind, substr(new.since, 1, 7), 1)
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER dyad_count_drop AFTER DELETE ON dyad BEGIN
    UPDATE dyad_count SET n = n - 1 WHERE one = old.one AND other = old.other AND kind = old.kind
        AND month = substr(old.since, 1, 7);
END;

DROP TRIGGER judgement_stays;
ALTER TABLE judgement ADD COLUMN report TEXT;
ALTER TABLE judgement ADD COLUMN becomes TEXT;
ALTER TABLE judgement ADD COLUMN rests_on TEXT;
UPDATE judgement SET report = json_extract(about, '$.evidence.report');
CREATE INDEX judgement_report ON judgement (report, number);
CREATE TRIGGER judgement_stays BEFORE UPDATE OF number, id, finding, verdict, by, at, reason, correction, report
    ON judgement BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgement_words BEFORE UPDATE OF about, becomes, rests_on ON judgement
    WHEN NOT (new.about = '' AND new.becomes IS NULL AND new.rests_on IS NULL)  -- only forgetting a report empties them
    BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;

CREATE TABLE pair_judgement (
    number  INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    verdict TEXT NOT NULL CHECK (verdict IN ('merge', 'split', 'undo')),
    finding TEXT NOT NULL,
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
INSERT INTO pair_judgement (id, verdict, finding, other, by, at)
    SELECT 'jp-' || lower(hex(randomblob(10))), 'split', min(finding, other), max(finding, other), by, at FROM apart
    ORDER BY at, finding, other;
DROP TABLE apart;

CREATE TABLE became (
    finding TEXT PRIMARY KEY,
    now     TEXT NOT NULL
) WITHOUT ROWID;

-- Happenings are made anew from the findings whenever they are asked for.
DELETE FROM member;
DELETE FROM happening;
DELETE FROM merged;
ALTER TABLE happening ADD COLUMN first_seen TEXT;
ALTER TABLE happening ADD COLUMN last_seen TEXT;
ALTER TABLE happening ADD COLUMN history TEXT NOT NULL DEFAULT '[]';
ALTER TABLE member ADD COLUMN part TEXT NOT NULL DEFAULT 'tells';
