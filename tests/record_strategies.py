"""Records of every shape that the model allows, made from its types."""

import types
import typing

import msgspec
from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
_PLAIN: typing.Final[dict[object, st.SearchStrategy[object]]] = {
    str: WORDS,
    int: st.integers(0, 5000),
    float: st.floats(0, 1e9, allow_nan=False),
    bool: st.booleans(),
    type(None): st.none(),
}


def values_of(kind: object) -> st.SearchStrategy[typing.Any]:
    """Give values of a type of the model: a struct, an annotated text, a choice, a list of such."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        patterns = [meta.pattern for meta in arguments[1:] if isinstance(meta, msgspec.Meta) and meta.pattern]
        return st.from_regex(patterns[0], fullmatch=True) if patterns else values_of(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return st.one_of([values_of(argument) for argument in arguments])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values_of(arguments[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(WORDS, values_of(arguments[1]), max_size=2)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = typing.get_type_hints(kind, include_extras=True)
        return st.builds(kind, **{name: values_of(field) for name, field in fields.items()})
    return _PLAIN[kind]
