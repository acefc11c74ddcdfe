"""What the models refuse, in sentences for people; pydantic's own words never reach them."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tracker.config.configuration import Configuration
from tracker.config.places import Findings, Loc, closest, listed
from tracker.config.values import say


def tell_errors(error: ValidationError, findings: Findings, *, whole: bool) -> None:
    """Note every error.

    ``whole`` False: a file could not be read, so no section is called missing.
    """
    for detail in error.errors(include_url=False):
        loc: Loc = detail["loc"]
        if detail["type"] == "missing" and len(loc) == 1 and not whole:
            continue
        if detail["type"] == "too_short" and detail["input"]:
            continue  # it counts the right entries only, and each wrong one is told already
        unknown = detail["type"] == "extra_forbidden"
        findings.add(loc, _sentence(detail, loc), at_key=unknown)


def _sentence(detail: ErrorDetails, loc: Loc) -> str:
    key, came = str(loc[-1])[:60], say(detail["input"])
    match detail["type"]:
        case "missing":
            sentence = f"the key '{key}' is missing; expected {_expectation(loc)}"
        case "extra_forbidden":
            known = _keys(_model_at(loc[:-1]))
            near = closest(key, known)
            sentence = f"the key '{key}' is unknown; expected one of {listed(known, 20)}{near}"
        case "value_error":
            sentence = str(detail["ctx"]["error"])
        case "tuple_type" | "list_type":
            sentence = f"expected a list, got {came}"
        case "too_short":
            sentence = "the list is empty; expected at least one entry"
        case "model_type" | "model_attributes_type" | "dict_type":
            known = _keys(_model_at(loc))
            sentence = f"expected a group of keys ({listed(known, 20)}), got {came}"
        case _:
            sentence = f"this value is not accepted; expected {_expectation(loc)}"
    return sentence


def _expectation(loc: Loc) -> str:
    """What a key is for, in the words of its own description."""
    model = _model_at(loc[:-1])
    for name, field in model.model_fields.items() if model else ():
        if (field.alias or name) == loc[-1] and field.description:
            purpose = field.description.rstrip(".")
            return f"'{loc[-1]}: …' ({purpose[0].lower()}{purpose[1:]})"
    return "another one"


def _keys(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(loc: Loc) -> type[BaseModel] | None:
    """The class of the section at ``loc``; None where there is none."""
    model: type[BaseModel] | None = Configuration
    for step in loc:
        if isinstance(step, int):
            continue
        fields = model.model_fields if model else {}
        found = [field for name, field in fields.items() if (field.alias or name) == step]
        model = _model_in(found[0].annotation) if found else None
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as ``tuple[Area, ...] | None`` is about."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        model = _model_in(part)
        if model is not None:
            return model
    return None
