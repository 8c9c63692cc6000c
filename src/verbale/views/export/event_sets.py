"""Events in the columns of the event data sets: GDELT 2.0, ICEWS, POLECAT, PLOVER JSON lines."""

import json
from collections.abc import Iterator
from typing import Any

from verbale.record.store import Record
from verbale.views.export.acts import Act, Side, acts
from verbale.views.export.states import states

Row = dict[str, Any]


def _actor_columns(actor: str) -> list[str]:
    return [
        f"{actor}{part}"
        for part in (
            "Code",
            "Name",
            "CountryCode",
            "KnownGroupCode",
            "EthnicCode",
            "Religion1Code",
            "Religion2Code",
            "Type1Code",
            "Type2Code",
            "Type3Code",
        )
    ]


def _geo_columns(geo: str) -> list[str]:
    return [
        f"{geo}_{part}"
        for part in ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    ]


GDELT_EVENTS: tuple[str, ...] = (
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    *_actor_columns("Actor1"),
    *_actor_columns("Actor2"),
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    *_geo_columns("Actor1Geo"),
    *_geo_columns("Actor2Geo"),
    *_geo_columns("ActionGeo"),
    "DATEADDED",
    "SOURCEURL",
)
GDELT_MENTIONS: tuple[str, ...] = (
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
)
ICEWS: tuple[str, ...] = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)
POLECAT: tuple[str, ...] = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
QUAD_NAMES = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def gdelt_events(record: Record) -> Iterator[Row]:
    """GDELT 2.0 events: 61 columns, tab, no header. What several reports tell of one thing is one row, with how many
    tell it. What GDELT has and we do not measure (tone) stays empty; a day that is not known stays empty too.
    """
    for act in _events(record):
        yield {
            **_gdelt_days(act),
            **_gdelt_actor("Actor1", act.actor),
            **_gdelt_actor("Actor2", act.target),
            "GLOBALEVENTID": act.number,
            "IsRootEvent": int(act.is_lead),
            "EventCode": act.cameo,
            "EventBaseCode": act.cameo[:3],
            "EventRootCode": act.cameo[:2],
            "QuadClass": act.quad,
            "GoldsteinScale": act.goldstein,
            "NumMentions": act.mentions,
            "NumSources": act.n_sources,
            "NumArticles": act.n_reports,
            **_gdelt_geo(act),
            "DATEADDED": _stamp(act),
            "SOURCEURL": act.report.url or act.report.id,
        }


def _events(record: Record) -> Iterator[Act]:
    """Acts, each happening once."""
    return (act for act in acts(record) if act.is_first)


def _gdelt_days(act: Act) -> Row:
    if act.day is None:
        return {}
    share = min(act.day.timetuple().tm_yday, 365) / 365
    return {
        "SQLDATE": f"{act.day:%Y%m%d}",
        "MonthYear": f"{act.day:%Y%m}",
        "Year": act.day.year,
        "FractionDate": f"{act.day.year + share:.4f}",
    }


def _gdelt_actor(column: str, side: Side | None) -> Row:
    if side is None:
        return {}
    kinds = dict(zip(("Type1Code", "Type2Code", "Type3Code"), side.sectors))
    return {
        f"{column}Code": side.code,
        f"{column}Name": side.name.upper(),
        f"{column}CountryCode": side.country,
        f"{column}KnownGroupCode": side.group,
        **{column + key: value for key, value in kinds.items()},
    }


def _gdelt_geo(act: Act) -> Row:
    if act.place is None:
        return {"ActionGeo_Type": 0}
    name, lat, lon, country = act.place
    fips = states()[country].fips if country in states() else None
    return {
        "ActionGeo_Type": 4 if lat is not None else 0,
        "ActionGeo_FullName": name,
        "ActionGeo_CountryCode": fips,
        "ActionGeo_Lat": lat,
        "ActionGeo_Long": lon,
    }


def _stamp(act: Act) -> str | None:
    published = act.report.window.published
    return f"{published:%Y%m%d}000000" if published else None


def gdelt_mentions(record: Record) -> Iterator[Row]:
    """GDELT 2.0 mentions: 16 columns, tab, no header; offsets count Unicode code points of the stored text and are
    exact. SentenceID numbers the paragraph. A row a report that tells an event, by the event's number.
    """
    for act in acts(record):
        body, report = act.found.body, act.report
        yield {
            "GLOBALEVENTID": act.number,
            "EventTimeDate": f"{act.day:%Y%m%d}000000" if act.day else None,
            "MentionTimeDate": _stamp(act),
            "MentionType": 1 if report.url else 2,
            "MentionSourceName": report.source,
            "MentionIdentifier": report.url or report.id,
            "SentenceID": act.paragraph,
            "Actor1CharOffset": _start(body["who"]),
            "Actor2CharOffset": _start(body["whom"]),
            "ActionCharOffset": act.found.start,
            "InRawText": 1,
            "Confidence": round(act.found.confidence * 100),
            "MentionDocLen": len(report.text),
            "Extras": json.dumps(
                {"words": act.found.words, "start": act.found.start, "stop": act.found.stop, "finding": act.found.id},
                ensure_ascii=False,
            ),
        }


def _start(parties: list[dict]) -> int:
    span = parties[0].get("span") if parties else None
    return span["start"] if span else -1


def icews(record: Record) -> Iterator[Row]:
    """ICEWS: 20 columns, tab, header; a meeting stands twice, once each way, however many reports tell it."""
    for act in _events(record):
        name, lat, lon, country = act.place or (None, None, None, None)
        yield {
            "Event ID": act.number,
            "Event Date": act.day,
            "Event Text": act.cameo_name,
            "CAMEO Code": act.cameo,
            "Intensity": act.goldstein,
            **_icews_side("Source", act.actor),
            **_icews_side("Target", act.target),
            "Story ID": act.report.id,
            "Sentence Number": act.paragraph,
            "Publisher": act.report.source,
            "City": name,
            "Country": states()[country].name if country in states() else None,
            "Latitude": lat,
            "Longitude": lon,
        }


def _icews_side(column: str, side: Side | None) -> Row:
    return (
        {}
        if side is None
        else {f"{column} Name": side.name, f"{column} Sectors": ",".join(side.sectors), f"{column} Country": side.state}
    )


def polecat(record: Record) -> Iterator[Row]:
    """POLECAT: 40 columns, tab, header; many values in a cell are parted by `;`. Each happening once."""
    for act in _events(record):
        name, lat, lon, country = act.place or (None, None, None, None)
        where = next((one for one in act.found.parties if one.role == "where"), None)
        yield {
            "Event ID": act.id,
            "Event Date": act.day,
            "Event Type": act.found.type,
            "Event Mode": act.found.mode,
            "Intensity": act.score,
            "Quad Code": QUAD_NAMES.get(act.quad or 0),
            "Contexts": ";".join(act.found.body["contexts"]),
            **_polecat_side("Actor", act.actor),
            **_polecat_side("Recipient", act.target),
            "Placename": name,
            "City": name,
            "Latitude": lat,
            "Longitude": lon,
            "Country": country,
            "Raw Placename": where.words if where else None,
            "Source": act.report.source,
            "Publication Date": act.report.window.published,
            "Language": act.report.language,
            "Version": "verbale",
        }


def _polecat_side(column: str, side: Side | None) -> Row:
    if side is None:
        return {}
    known = states().get(side.country or "")
    return {
        f"{column} Name": side.name,
        f"{column} Country": side.country,
        f"{column} COW": known.cow if known else None,
        f"Primary {column} Sector": side.sectors[0] if side.sectors else None,
        f"{column} Sectors": ";".join(side.sectors),
        f"{column} Title": side.title,
        f"{column} Name Raw": side.words,
    }


def plover(record: Record) -> Iterator[Row]:
    """PLOVER JSON lines as its manual lays them out, with the true places of the words; every status, none hidden."""
    for act in acts(record, every_status=True):
        one, report = act.found, act.report
        yield _without_none(
            {
                "id": act.id,
                "date": str(act.day) if act.day else None,
                "time": {"since": one.since, "until": one.until},
                "actor": [_entity(act.actor)] if act.actor else [],
                "recipient": [_entity(act.target)] if act.target else [],
                "event": [one.type],
                "mode": one.mode,
                "context": one.body["contexts"],
                "status": one.status,
                "quad_code": act.quad,
                "event_scale": act.score,
                "event_text": act.cameo,
                "event_loc": act.place and act.place[0],
                "text": one.words,
                "text_info": {"start": one.start, "end": one.stop, "text_story": report.id, "sequence": act.paragraph},
                "cite_info": {
                    "url": report.url,
                    "title": report.title,
                    "citation": report.source,
                    "language": report.language,
                },
                "coder": "verbale",
            }
        )


def _entity(side: Side) -> Row:
    return {
        "code": side.country,
        "sector": list(side.sectors),
        "entity_text": side.words,
        "identifier_text": side.name,
        "office": side.title,
    }


def _without_none(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _without_none(value) for key, value in thing.items() if value is not None}
    return [_without_none(one) for one in thing] if isinstance(thing, list) else thing
