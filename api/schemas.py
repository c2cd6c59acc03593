"""What the JSON routes answer; the rows inside are those of the command line (`attrtrack.workflow.shapes`)."""

from typing import Any

from pydantic import BaseModel

Row = dict[str, Any]


class Counts(BaseModel):
    """Documents by urgency, and how many of all belong to invented samples."""

    documents: int
    refused: int
    check: int
    done: int
    invented: int


class OverviewAnswer(BaseModel):
    """The year at a glance."""

    year: int | None
    unit: str | None
    years: list[int]
    units: list[str]
    counts: Counts
    measures: list[Row]
    sample_notice: str | None
    rules_version: str
    model_version: str | None


class CoverageAnswer(BaseModel):
    """Every measure of a year and unit."""

    year: int | None
    unit: str | None
    measures: list[Row]


class ListedDocument(BaseModel):
    """A document of a list, with what makes it urgent."""

    id: str
    title: str | None
    doc_number: str | None
    state: str
    attribute: str | None
    urgency: str
    reasons: list[str]
    findings: list[Row]
    interpretations: int
    pending_links: int
    invented: bool


class DocumentsAnswer(BaseModel):
    """A part of the documents, most urgent first."""

    total: int
    limit: int
    offset: int
    documents: list[ListedDocument]


class DocumentAnswer(BaseModel):
    """One document with its findings, proposal and interpretations."""

    document: Row
    findings: list[Row]
    proposal: Row | None
    precedent: Row | None
    interpretations: list[Row]
    invented: bool
