"""The sections of a configuration, one class each. What they mean to people is in docs/configuration.md."""

from __future__ import annotations

import glob
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tracker.config.addresses import (
    DatabaseAddress,
    Listen,
    ListenAddress,
    MailAddress,
    MailServerAddress,
    Network,
    Sender,
    WebAddress,
)
from tracker.config.secrets import read_secret
from tracker.config.selectors import CssSelector, JsonPathQuery, XPathExpression
from tracker.config.values import (
    AlertWord,
    Amount,
    AnswerForm,
    BetterWord,
    Cron,
    Day,
    Days,
    Duration,
    Flag,
    LanguageCode,
    Method,
    Number,
    PeriodText,
    Range,
    Scope,
    Text,
    Timeout,
    UnitWord,
    Variable,
    Words,
    ZoneName,
)
from tracker.extract.documents import Selection

DEFAULT_INTERVAL = timedelta(days=1)
"""How often a source is read that says neither ``every`` nor ``cron``."""


class Section(BaseModel):
    """What all sections share: nothing unknown in them, nothing changed after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Service(Section):
    """The service itself."""

    timezone: ZoneName = Field("Asia/Ho_Chi_Minh", description="Time zone of deadlines, schedules and reports.")
    language: LanguageCode = Field("vi", description="Language of reports and messages.")
    listen: ListenAddress = Field(
        Listen("127.0.0.1", 8080),
        description="host:port of `tracker serve`.",
        json_schema_extra={"default": "127.0.0.1:8080"},
    )
    database_url: DatabaseAddress | None = Field(
        None, exclude=True, description="PostgreSQL, in place of the state folder's SQLite."
    )
    deadline_days: tuple[Days, ...] = Field(
        (90, 30), description="How many days before a deadline `deadline_near` is told."
    )


class NetworkSettings(Section):
    """What may be reached."""

    allow: tuple[Network, ...] = Field((), description="Private networks that may be reached; all others are refused.")


class AreaSettings(Section):
    """Whom a figure can be about."""

    id: Text = Field(description="The area's id.")
    names: tuple[Text, ...] = Field((), description="How texts name it; without any, the id is its name.")
    comparator: Flag = Field(False, description="true: only ever compared with, its figures are references.")


class Names(Section):
    """One name in one or more languages."""

    vi: Text | None = Field(None, description="The name in Vietnamese.")
    en: Text | None = Field(None, description="The name in English.")

    @model_validator(mode="after")
    def _some_name(self) -> Self:
        if self.vi is None and self.en is None:
            raise ValueError("the name is empty; expected a text, or one in vi or en")
        return self


def _one_name(value: Any) -> Any:
    return {"vi": value, "en": value} if isinstance(value, str) else value


class BreakSettings(Section):
    """A change of method."""

    period: PeriodText = Field(description="The first period of the new method.")
    note: Words = Field("", description="What changed.")


class IndicatorSettings(Section):
    """One measured thing."""

    id: Text = Field(description="The indicator's id, named by targets and commands.")
    name: Annotated[Names, BeforeValidator(_one_name)] | None = Field(
        None, description="The name for people: a text, or one per language (vi, en)."
    )
    aliases: tuple[Text, ...] = Field((), description="Other words for it in any language; no patterns.")
    unit: UnitWord = Field(description="What it is counted in.")
    better: BetterWord = Field(description="The direction in which it improves.")
    area: Text | None = Field(None, description="Whom a figure is about when the text names nobody.")
    scope: Scope | None = Field(None, description="The areas that are tracked, or all; default: the area alone.")
    breaks: tuple[BreakSettings, ...] = Field((), description="Changes of method.")
    accumulates: Flag | None = Field(
        None, description="true: figures add up within the year, and only the same part of a year compares."
    )
    source_rank: tuple[Text, ...] = Field(
        (), description="The sources that are believed first about it, the most trusted first; before any `rank`."
    )


class BaselineSettings(Section):
    """Where the way to a target begins."""

    value: Number = Field(description="The figure at the beginning.")
    period: PeriodText = Field(description="The period it describes.")


class StatedSettings(Section):
    """Who stated a target."""

    quote: Words = Field("", description="The words that state it.")
    url: WebAddress | None = Field(None, description="Where they stand.")
    published: PeriodText | None = Field(None, description="When they were published.")


class ChangeSettings(Section):
    """A promised change."""

    at_least: Number | None = Field(None, description="Better by so much, in the indicator's unit: places of a rank.")
    at_least_percent: Number | None = Field(None, description="Better by so many per cent of what it was.")
    origin: PeriodText = Field(alias="from", description="The period that it counts from.")
    value: Number | None = Field(None, description="The figure then; default: the recorded one.")


class MilestoneSettings(Section):
    """A value on the way to a target."""

    by: Day = Field(description="The last day on which it can be met.")
    value: Number = Field(description="The value promised for that day.")


class TargetSettings(Section):
    """A promised value and its deadline."""

    id: Text = Field(description="The target's id.")
    indicator: Text = Field(description="The id of its indicator.")
    at_least: Number | None = Field(None, description="The value promised where more is better.")
    at_most: Number | None = Field(None, description="The value promised where less is better.")
    between: Range | None = Field(None, description="A promised range, [from, to]; its weakest end is what counts.")
    change: ChangeSettings | None = Field(None, description="A promised change, in place of a value.")
    done: Flag = Field(False, description="true: it is done or not; the figure is 1 once it is, 0 until then.")
    by: Day = Field(description="The deadline: the last day on which it can be met.")
    keep: Flag = Field(False, description="true: the value is to be kept in every period up to the deadline.")
    milestones: tuple[MilestoneSettings, ...] = Field((), description="Values that the way to it goes through.")
    since: Day | None = Field(None, description="The first day of this version; entries of one id are its versions.")
    area: Text | None = Field(None, description="The area it is about; default: the indicator's.")
    areas: Scope | None = Field(None, description="Several areas it is about, each by itself, or all.")
    group: Text | None = Field(None, description="The name under which it is also counted with others.")
    baseline: BaselineSettings | None = Field(None, description="Where it begins; default: the first figure.")
    method: Method | None = Field(None, description="How it is assessed; default: by unit and numbers.")
    stated: StatedSettings | None = Field(None, description="Who stated it, and where.")


class SourceSettings(Section):
    """Where documents come from. ``path`` is absolute after loading; it may be a glob pattern."""

    id: Text = Field(description="The source's id.")
    name: Text | None = Field(None, description="The name for people; default: the id.")
    path: Text | None = Field(None, description="A file or a pattern of files, relative to this file.")
    url: WebAddress | None = Field(None, description="An address on the web.")
    every: Duration | None = Field(None, description="How often it is read: 45s, 30m, 6h, 1d, 2w.")
    cron: Cron | None = Field(None, description="When it is read, in place of `every`: '0 7 * * mon-fri'.")
    published: Day | None = Field(None, description="When the document was published, where it is a single one.")
    stale_after: Duration | None = Field(None, description="Tell when nothing has changed for so long.")
    css: CssSelector | None = Field(None, description="Read only these elements of an HTML page or XML file.")
    xpath: XPathExpression | None = Field(None, description="The same by an XPath 1.0 expression.")
    jsonpath: JsonPathQuery | None = Field(None, description="Read only these values of a JSON file (RFC 9535).")
    column: Text | None = Field(None, description="Read only the column with this header of a document's tables.")
    sheet: Text | None = Field(None, description="Read only the sheet of this name of a workbook.")
    rank: Number | None = Field(
        None, description="Who is believed where sources disagree: the smaller, the more trusted; without, last."
    )

    @property
    def selection(self) -> Selection:
        """What of its documents is read."""
        return Selection(self.css, self.xpath, self.jsonpath, self.column, self.sheet)

    @property
    def address(self) -> str:
        """The address or the path pattern, whichever is given."""
        return self.url or self.path or ""

    @property
    def interval(self) -> timedelta | None:
        """How often it is read; None where ``cron`` says when."""
        return None if self.cron else self.every or DEFAULT_INTERVAL

    def at(self, folder: Path) -> SourceSettings:
        """The same with ``path`` made absolute: it was written relative to ``folder``."""
        if self.path is None:
            return self
        return self.model_copy(update={"path": str(Path(glob.escape(str(folder)), self.path))})


class EmailSettings(Section):
    """A channel by mail. The password itself is never held here."""

    to: tuple[MailAddress, ...] = Field(min_length=1, description="Who gets the mail.")
    smtp: MailServerAddress = Field(description="smtp://host:port, smtps://… or smtp+starttls://….")
    sender: Sender | None = Field(None, alias="from", description="The sender's address.")
    user: Text | None = Field(None, description="The user at the mail server.")
    password_env: Variable | None = Field(None, description="The environment variable that holds the password.")
    password_file: Text | None = Field(None, description="The file that holds the password.")

    def password(self, environment: Mapping[str, str]) -> str | None:
        """The password as it is now; None where none is configured. ``UsageError`` where it is not there."""
        return read_secret(self.password_env, self.password_file, environment)


class WebhookSettings(Section):
    """A channel by webhook. The secret itself is never held here."""

    url: WebAddress = Field(description="Where notifications are posted.")
    secret_env: Variable | None = Field(None, description="The environment variable that holds the secret.")
    secret_file: Text | None = Field(None, description="The file that holds the secret.")

    def secret(self, environment: Mapping[str, str]) -> str | None:
        """The secret as it is now; None where none is configured. ``UsageError`` where it is not there."""
        return read_secret(self.secret_env, self.secret_file, environment)


class ChannelSettings(Section):
    """A way to tell people: exactly one kind."""

    id: Text = Field(description="The channel's id.")
    email: EmailSettings | None = Field(None, description="Tell by mail.")
    webhook: WebhookSettings | None = Field(None, description="Tell by webhook.")

    @property
    def kind(self) -> str:
        """``email`` or ``webhook``."""
        return "email" if self.email else "webhook"

    def at(self, folder: Path) -> ChannelSettings:
        """The same with the paths of secrets made absolute: they were written relative to ``folder``."""
        update: dict[str, Any] = {}
        if self.email and self.email.password_file:
            file = str(folder / self.email.password_file)
            update["email"] = self.email.model_copy(update={"password_file": file})
        if self.webhook and self.webhook.secret_file:
            file = str(folder / self.webhook.secret_file)
            update["webhook"] = self.webhook.model_copy(update={"secret_file": file})
        return self.model_copy(update=update)


class SecondReaderSettings(Section):
    """A model that reads beside the rules. The secret itself is never held here."""

    enabled: Flag = Field(False, description="true: every document that is read anew is shown to it.")
    url: WebAddress = Field(description="The address of an OpenAI-compatible API, such as http://127.0.0.1:11434/v1.")
    model: Text = Field(description="The model's name at that address.")
    secret_env: Variable | None = Field(None, description="The environment variable that holds the key of the API.")
    secret_file: Text | None = Field(None, description="The file that holds the key of the API.")
    response_format: AnswerForm = Field("json_object", description="How the API is told to answer in JSON.")
    timeout: Timeout = Field(timedelta(seconds=60), description="How long an answer is waited for; 10 minutes at most.")
    most_characters: Amount = Field(20_000, description="How much text of one document is sent at most.")
    most_numbers: Amount = Field(100, description="How many numbers of one document are asked about at most.")
    most_proposals: Amount = Field(10, description="How many proposals for one document are taken at most.")
    most_calls: Amount = Field(1_000, description="How many calls are made within 24 hours at most.")

    def secret(self, environment: Mapping[str, str]) -> str | None:
        """The key as it is now; None where none is configured. ``UsageError`` where it is not there."""
        return read_secret(self.secret_env, self.secret_file, environment)

    def at(self, folder: Path) -> SecondReaderSettings:
        """The same with the secret's path made absolute: it was written relative to ``folder``."""
        if self.secret_file is None:
            return self
        return self.model_copy(update={"secret_file": str(folder / self.secret_file)})


class RouteSettings(Section):
    """Which alerts go to which channels."""

    on: tuple[AlertWord, ...] = Field(min_length=1, description="The types of alerts.")
    to: tuple[Text, ...] = Field(min_length=1, description="The ids of the channels.")
