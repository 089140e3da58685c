"""The configuration as JSON Schema, for editors: `python -m feedwright.config.jsonschema`.

It says what a key takes as far as JSON Schema can; `loading` says the rest.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from feedwright.config import schema
from feedwright.config.convert import Shape, default, required, shapes
from feedwright.config.keys import KEYS, Key
from feedwright.config.values import TEXT

SHIPPED = Path(__file__).with_name("schema.json")

_Json = dict[str, object]
_VARIABLE: _Json = {"$ref": "#/$defs/variable"}
_NULL: _Json = {"type": "null"}


def json_schema() -> _Json:
    """Return the JSON Schema (draft 2020-12) of `config.yaml`."""
    defs: _Json = {
        "variable": {
            "description": "A variable of the environment.",
            "type": "string",
            "pattern": r"\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}",
        }
    }
    defs |= {kind.__name__: _record(kind) for kind in KEYS if kind is not schema.Config}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "config.yaml of Feedwright",
        **_record(schema.Config),
        "$defs": defs,
    }


def _record(kind: type) -> _Json:
    needed = required(kind)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": needed,
        "properties": {
            name: _key(kind, name, is_optional=name not in needed) for name in KEYS[kind]
        },
    }


def _key(kind: type, name: str, *, is_optional: bool) -> _Json:
    key, shape = KEYS[kind][name], shapes(kind)[name]
    forms = _forms(key, shape)
    if shape.is_list:
        items: _Json = {"anyOf": forms} if len(forms) > 1 else forms[0]
        array: _Json = {"type": "array", "items": items}
        if key.least:
            array["minItems"] = key.least
        forms = [array, *(forms if key.kind is not None else [])]
    preset = default_of(kind, name)
    if is_optional:
        forms.append(_NULL)
        if preset == "" or key.empty:
            forms.append({"const": ""})
    described: _Json = {"description": key.meaning}
    described |= forms[0] if len(forms) == 1 else {"anyOf": forms}
    return described if preset is None else {**described, "default": preset}


def _forms(key: Key, shape: Shape) -> list[_Json]:
    """Return the forms that one value (or one item) may have."""
    if shape.is_mapping:
        names = KEYS[schema.Content]["fields"]
        text = _scalar(TEXT.schema)
        listed: list[_Json] = [*text, {"type": "array", "items": {"anyOf": text}}]
        if key is not names:
            return [{"type": "object"}]
        allowed: _Json = {"propertyNames": {"enum": list(schema.FIELDS)}}
        return [{"type": "object", **allowed, "additionalProperties": {"anyOf": listed}}]
    forms = _scalar(key.kind.schema) if key.kind is not None else []
    if shape.record is not None:
        forms.insert(0, {"$ref": f"#/$defs/{shape.record.__name__}"})
    return forms


def _scalar(kind: Mapping[str, object]) -> list[_Json]:
    types = kind.get("type", ())
    takes_any_text = isinstance(types, str | list) and "string" in types and "pattern" not in kind
    return [dict(kind)] if takes_any_text else [dict(kind), _VARIABLE]


def default_of(kind: type, name: str) -> object:
    """Return the default of a key as a person would write it; None when there is none to write."""
    value = default(kind, name)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, schema.MaxRemoved):
        return f"{(value.share or 0) * 100:g}%"
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return list(value)
    return value if isinstance(value, str | bool | int) else None


def _duration(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    return f"{seconds // 86400}d" if seconds and seconds % 86400 == 0 else f"{seconds}s"


def text() -> str:
    """Return the shipped file's text."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SHIPPED.write_text(text(), encoding="utf-8")
