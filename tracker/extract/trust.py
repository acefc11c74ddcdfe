"""What tells how likely a whole reading is right: indicator, area, value, unit and kind.

The steps before weigh their own evidence; here their certainty is crossed with what their evidence
was, with the other readings of the document and with the kind of document it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tracker.domain.statement import Kind
from tracker.extract.company import Company
from tracker.extract.decide import Features
from tracker.extract.decided import Decided
from tracker.extract.model import BlockKind
from tracker.extract.scene import Scene
from tracker.extract.statements import Draft

_TELLING = (
    "margin",
    "exact",
    "strength",
    "union",
    "union_margin",
    "carried_novel",
    "local_novel",
    "alien",
    "territory_named",
    "territory_other",
    "territory_unnamed_novel",
    "other_topic",
    "modifier",
    "nearest_other",
    "subgroup",
    "numbers_in_clause",
    "question",
    "negation_next",
    "negation_left",
    "mistake_left",
    "mistake_right",
    "correct_later",
    "correct_next",
    "row_novel",
    "row_alien",
    "column_novel",
    "unlike",
    "plan_ratio",
    "change_unlike",
    "change_unmoved",
    "level_moved",
    "growth_unmoved",
    "small_whole",
    "labelled",
    "rival_between",
    "region_unlike",
    "foreign_office",
    "like_a_year",
    "noun_match",
    "novel_right",
    "tied",
    "linked",
    "continued",
)


def confidence_features(draft: Draft, each: Decided) -> Features:
    """What tells how likely the whole reading is right."""
    top = sorted(each.modes.values(), reverse=True)
    evidence = each.candidate.features
    features: Features = {name: evidence[name] for name in _TELLING if evidence.get(name)}
    odds = math.log(max(each.bound, 1e-6) / max(1 - each.bound, 1e-6))
    features |= {
        "bias": 1.0,
        "bound": each.bound,
        "bound_odds": max(-3.0, min(5.0, odds)) / 3,
        "mode": top[0],
        "mode_margin": top[0] - top[1],
        "mode_other": float(each.kind in (Kind.TARGET, Kind.FORECAST)),
        "forecast": float(each.kind is Kind.FORECAST),
        "delta": float(each.kind is Kind.DELTA),
        "change_doubt": 1 - abs(2 * each.change - 1),
        "reference": float(draft.kind is Kind.REFERENCE),
        "undated": float(draft.period is None),
        "future": each.kind_features.get("future", 0.0),
        "running": each.kind_features.get("running", 0.0),
        "cell": float(each.candidate.passage.block.cell is not None),
        "title": float(each.candidate.passage.block.kind in (BlockKind.TITLE, BlockKind.HEADING)),
        f"time_{each.timing.how}": 1.0,
        f"subject_{each.candidate.subject.how}": 1.0,
        f"best_{each.candidate.channel}": 1.0,
        f"fit_{each.candidate.fit.how}": 1.0,
        f"unit_{each.candidate.fit.unit}": 1.0,
    }
    features |= {f"by_{name}": value for name, value in evidence.items() if name.startswith(_CARRYING)}
    sure, kind = each.bound, top[0]
    features |= {
        "ratio_per_none": evidence.get("per_none", 0.0) * features.get("unit_ratio", 0.0),
        "above_in_cell": features["cell"] * features.get("best_above", 0.0),
        "sure_exact": sure * evidence.get("exact", 0.0),
        "sure_kind": sure * sure * kind,
        "joint": sure * kind * (1 - features["change_doubt"]),
    }
    return features


_CARRYING = ("channel_", "best_", "fit_", "unit_")


def trust_features(scene: Scene, drafts: Sequence[Draft], kept: Sequence[Decided]) -> list[Features]:
    """The features of every reading of a document."""
    fellows = Company(drafts)
    page = _page(scene, kept)
    return [
        confidence_features(draft, each) | _around(scene, draft, each) | fellows.features(draft) | page
        for draft, each in zip(drafts, kept, strict=True)
    ]


def _page(scene: Scene, kept: Sequence[Decided]) -> Features:
    document = scene.document
    read = sum(
        quantity.noise is None
        for passage in scene.passages
        if passage.block.cell is None or not passage.block.cell.is_header
        for quantity in passage.quantities
    )
    return {
        "english": float(document.language == "en"),
        "html": float("html" in document.media_type),
        "used": len(kept) / read if read else 0.0,
        "catalogue": math.log1p(len(scene.vocabulary.indicators)) / 4,
        "many_areas": math.log1p(len(scene.vocabulary.catalogue.areas)) / 4,
        "default_areas": float(len({indicator.area for indicator in scene.vocabulary.indicators}) > 1),
        "undated_page": float(scene.anchor is None),
    }


_KINDS = (
    "evidence_target",
    "evidence_forecast",
    "evidence_actual",
    "evidence_estimated",
    "deadline",
    "over",
    "over_without_goal",
    "deadline_over",
    "target_adjacent",
    "target_left_own",
    "target_right_own",
    "target_before",
    "heading_target",
    "lead_target",
    "column_target",
    "row_target",
    "forecast_left_own",
    "last_target_here",
    "last_target_before",
    "goal_next",
    "beyond_goal",
    "hedge_goal",
    "hedge_estimated",
    "from",
    "change_level_next",
    "change_compared_after",
    "past_left_own",
    "past_right_own",
    "actual_left_own",
    "office",
    "range",
    "top",
)


_OF_GOALS = (
    "evidence_target",
    "evidence_forecast",
    "over",
    "over_without_goal",
    "deadline",
    "heading_target",
    "target_before",
)
_OF_FACTS = (
    "evidence_target",
    "evidence_forecast",
    "heading_target",
    "deadline",
    "last_target_here",
    "target_before",
)


def _age(scene: Scene, draft: Draft) -> Features:
    """How many years before publication a level is of; up to three, in thirds."""
    published = scene.document.published
    if published is None or draft.period is None or draft.kind not in (Kind.OBSERVATION, Kind.REFERENCE):
        return {}
    years = min(3.0, max(0.0, (published.day - draft.period.end).days / 365.25)) / 3
    return {f"age_{draft.kind.value}": years, "span": min(2.0, draft.period.days / 366) / 2}


def _around(scene: Scene, draft: Draft, each: Decided) -> Features:
    candidate = each.candidate
    passage, quantity = candidate.passage, candidate.quantity
    indicators = scene.vocabulary.indicators
    unit = indicators[candidate.indicator].unit
    first, _ = passage.token_span(quantity.span)
    sentence = passage.sentence_at(first)
    areas = {
        m.area for m in passage.areas if passage.sentence_at(m.first) == sentence and m.role not in ("field", "venue")
    }
    here = [
        mention
        for mention in passage.mentions
        if passage.sentence_at(mention.first) == sentence and mention.indicator != candidate.indicator
    ]
    said = each.kind_features
    features = {f"kind_{name}": said[name] for name in _KINDS if said.get(name)}
    if each.kind in (Kind.TARGET, Kind.FORECAST):
        features |= {f"goal_{name}": said[name] for name in _OF_GOALS if said.get(name)}
    else:
        features |= {f"fact_{name}": said[name] for name in _OF_FACTS if said.get(name)}
    odds = math.log(max(each.rival, 1e-3) / max(1 - each.rival, 1e-3)) / 3
    features |= {
        "rival": each.rival,
        "rival_odds": odds,
        "rival_over": max(0.0, each.rival - 0.2),
        "dated": each.dated,
        "dated_reference": each.dated * float(draft.kind is Kind.REFERENCE),
        "doubt_dated_level": (1 - each.dated) * float(draft.kind in (Kind.OBSERVATION, Kind.REFERENCE)),
        "same_unit": math.log1p(sum(each.unit is unit for each in indicators)) / 3,
        "areas_here": min(3, len(areas)) / 3,
        "other_area_here": float(bool(areas - {draft.area})),
        "area_here": float(draft.area in areas),
        "main_area": float(draft.area == scene.main),
        "default_area": float(draft.area == indicators[candidate.indicator].area),
        "rivals_here": min(4, len({m.indicator for m in here if m.coverage * min(1, m.weight) > 0.3})) / 4,
        "digits": min(6, len(str(quantity.value).replace(".", "").strip("0"))) / 6,
        "round": float(quantity.value % 10 == 0),
        "exact_own": each.candidate.features.get("exact", 0.0) * float(candidate.channel.startswith("own")),
        "exact_sent": each.candidate.features.get("exact", 0.0) * float(candidate.channel.startswith("sent")),
        "comparator": float(draft.area in scene.vocabulary.comparators),
    } | _age(scene, draft)
    return {name: value for name, value in features.items() if value}
