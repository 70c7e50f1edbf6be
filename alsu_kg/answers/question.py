"""A question: a SPARQL query with a header that names it, its parameters and its columns (grlc ``#+`` decorators).

    #+ summary: Which treatments share a mechanism?
    #+ parameters:
    #+   - {name: treatment, type: treatment, example: azathioprine, optional: true, description: …}
    #+ columns:
    #+   - {name: treatment_a, description: …}

A parameter ``treatment`` stands in the query as the variable ``?_treatment`` with a line ``VALUES ?_treatment { UNDEF }``, so the
file runs as it is at any endpoint. Binding puts a term in the place of ``UNDEF`` (SPARQL 1.1, 10.2.2: VALUES), written by
``alsu_kg.graph.ntriples``: a value is always one term, never a piece of query. A line whose parameter is not given is left out.
"""

import re
from collections.abc import Mapping
from typing import Final, Literal

import msgspec
import ryaml

from alsu_kg.graph.ntriples import Term
from alsu_kg.model.errors import AssetError, UsageError

ParameterType = Literal[
    "treatment", "mechanism", "category", "review", "work", "entity", "person", "statement", "integer", "text"
]


class Parameter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that a question can be asked with."""

    name: str
    type: ParameterType
    example: str | int
    optional: bool
    description: str


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of the answer; a ``list`` column holds several values."""

    name: str
    description: str
    list: bool = False


class _Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    summary: str
    description: str
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A named question with its query text."""

    name: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str


def parse_question(text: str, name: str) -> Question:
    """Read a question from the text of a ``.rq`` file. Raises ``AssetError`` if its header is not as described above.

    >>> parse_question('''#+ summary: Who?
    ... #+ description: All of them.
    ... #+ columns:
    ... #+   - {name: who, description: a name}
    ... SELECT ?who WHERE { ?who ?p ?o }''', "all_who").columns[0].name
    'who'
    """
    head = "\n".join(line[3:] for line in text.splitlines() if line.startswith("#+ "))
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+"))
    try:
        header = msgspec.convert(ryaml.loads(head), _Header)
    except ValueError as error:
        raise AssetError(
            f"the header is not right: {error}", place=f"{name}.rq", repair="see CONTRIBUTING.md, Queries"
        ) from None
    for parameter in header.parameters:
        if not _line_of(parameter.name).search(body):
            raise AssetError(
                f"the parameter {parameter.name!r} has no VALUES line",
                place=f"{name}.rq",
                repair=f"add 'VALUES ?_{parameter.name} {{ UNDEF }}'",
            )
    return Question(
        name=name,
        summary=header.summary,
        description=header.description,
        parameters=header.parameters,
        columns=header.columns,
        sparql=body.strip() + "\n",
    )


def _line_of(parameter: str) -> re.Pattern[str]:
    return re.compile(
        rf"^[ ]*VALUES (\?_{parameter}|\(\?_{parameter} \?_{parameter}_given\)) \{{ (.*) \}}[ ]*\n", re.MULTILINE
    )


def bind(question: Question, terms: Mapping[str, Term]) -> str:
    """Give the query text with ``terms`` (N-Quads terms by parameter name) bound.

    Raises ``UsageError`` for a parameter that the question does not have, or one that it needs and is not given.
    """
    known = {parameter.name for parameter in question.parameters}
    for name in terms:
        if name not in known:
            raise UsageError(
                f"{question.name} has no parameter {name!r}",
                place="query",
                repair=f"use {', '.join(sorted(known)) if known else 'no parameters'}",
            )
    sparql = question.sparql
    for parameter in question.parameters:
        sparql = _bind_one(question, sparql, parameter, terms.get(parameter.name))
    return sparql


_FREE: Final = re.compile(r"[(]?UNDEF( UNDEF[)])?")


def _bind_one(question: Question, sparql: str, parameter: Parameter, term: Term | None) -> str:
    if term is None and not parameter.optional:
        raise UsageError(
            f"{question.name} needs the parameter {parameter.name!r}: {parameter.description}",
            place="query",
            repair=f"add -p {parameter.name}={parameter.example}",
        )

    def write(match: re.Match[str]) -> str:
        variables, default = match.group(1), match.group(2)
        if term is None:
            return "" if _FREE.fullmatch(default) else match.group()
        value = f"({term} true)" if variables.startswith("(") else term
        return f"  VALUES {variables} {{ {value} }}\n"

    return _line_of(parameter.name).sub(write, sparql)
