"""Times by the calendar: the schedule of a job, and when a run begins. UTC, without daylight saving."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import product
from typing import ClassVar, NamedTuple, Self

from archspec.frozen import frozen
from archspec.model.quantities import Quantity
from archspec.model.scalar import failed, shown

MINUTE = 60 * 10**9
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CYCLE = 146_097
"""Days after which the calendar repeats itself: 400 years, which are whole weeks."""


class _Field(NamedTuple):
    name: str
    least: int
    most: int
    words: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """Of one value: a number of its range, or a word."""
        numbers = sorted(map(str, range(self.least, self.most + 1)), key=len, reverse=True)
        zeros = [f"0{number}" for number in range(self.least, min(self.most, 9) + 1)]
        words = ["".join(f"[{letter}{letter.upper()}]" for letter in word) for word in self.words]
        return f"(?:{'|'.join([*numbers, *zeros, *words])})"


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of week", 0, 7, _DAYS),
)
NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


def _pattern() -> str:
    of_each = []
    for each in _FIELDS:
        span = rf"(?:\*|{each.pattern}-{each.pattern})(?:/[1-9][0-9]?)?"
        of_each.append(rf"(?:{span}|{each.pattern})(?:,(?:{span}|{each.pattern}))*")
    return r"\s+".join(of_each)


@frozen
class Schedule(Quantity):
    """When a job is due: the five fields of crontab(5).

    Where both day fields are restricted, either of them decides; a field that begins with `*` is not restricted.

    >>> daily = Schedule.parse("30 2 * * *")
    >>> daily.per_second * 86400, [tick // MINUTE for tick in daily.ticks(Start.first(), 3 * 86400 * 10**9)]
    (Fraction(1, 1), [150, 1590, 3030])
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    """0 is Sunday."""
    either: bool
    """Whether one of the day fields is enough."""
    what: ClassVar[str] = "schedule"
    examples: ClassVar[tuple[str, ...]] = ("30 2 * * *", "0 6 * * mon-fri", "*/15 8-18 * * *")
    pattern: ClassVar[str] = _pattern()

    @classmethod
    def read(cls, value: object) -> Self:
        """Minute, hour, day of month, month and day of week."""
        if not isinstance(value, str):
            raise cls.refused(value)
        text = " ".join(value.split())
        _refuse_other_dialects(text)
        words = text.split(" ")
        if len(words) != len(_FIELDS):
            raise cls.refused(value, f"it has {len(words)} fields")
        sets = [_values(field, word) for field, word in zip(_FIELDS, words, strict=True)]
        minutes, hours, days, months, weekdays = sets
        made = cls(
            text,
            tuple(sorted(minutes)),
            tuple(sorted(hours)),
            days,
            months,
            frozenset(day % 7 for day in weekdays),
            either=not words[2].startswith("*") and not words[4].startswith("*"),
        )
        if not made.either and min(days) > max(_LONGEST[month - 1] for month in months):
            raise failed(
                f"`{text}` is never due: none of its months has a day {min(days)}", "choose another day.", "schedule"
            )
        return made

    def ticks(self, start: "Start", duration: int) -> Iterator[int]:
        """Nanoseconds after a start at which it is due, before a duration is over."""
        for minute in self.minutes_from(start):
            after = (minute - start.minute) * MINUTE
            if after >= duration:
                return
            yield after

    def minutes_from(self, start: "Start") -> Iterator[int]:
        """The minutes (see `Start`) at which it is due, from a start on; they never end."""
        first = start.minute // 1440
        for day in range(first, _LAST_DAY):
            if not self.is_due_on(date.fromordinal(day)):
                continue
            for hour, minute in product(self.hours, self.minutes):
                at = day * 1440 + hour * 60 + minute
                if at >= start.minute:
                    yield at

    def is_due_on(self, day: date) -> bool:
        """Whether it is due at some moment of a day."""
        of_month, of_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        if day.month not in self.months:
            return False
        return (of_month or of_week) if self.either else (of_month and of_week)

    @property
    def per_second(self) -> Fraction:
        """How often it is due on average, over the 400 years after which the calendar repeats itself."""
        return Fraction(_days_due(self) * len(self.hours) * len(self.minutes), _CYCLE * 86400)

    def __str__(self) -> str:
        return self.text


@cache
def _days_due(schedule: Schedule) -> int:
    """Of 400 years: each is one of 14 kinds, by its first day of the week and whether it has a 29 February."""
    found: dict[tuple[int, bool], int] = {}
    total = 0
    for year in range(2000, 2400):
        first = date(year, 1, 1)
        length = (date(year + 1, 1, 1) - first).days
        kind = (first.weekday(), length == 366)
        if kind not in found:
            days = (date.fromordinal(first.toordinal() + day) for day in range(length))
            found[kind] = sum(map(schedule.is_due_on, days))
        total += found[kind]
    return total


def _refuse_other_dialects(text: str) -> None:
    """Refuse what other clocks know and crontab(5) does not, with what to write instead."""
    if text.startswith("@"):
        fields = NICKNAMES.get(text.lower())
        remedy = f"write its five fields, `{fields}`." if fields else "write five fields, such as `30 2 * * *`."
        raise failed(f"`{text}` is a nickname of cron's", remedy, "schedule")
    if "=" in text:
        raise failed(f"{shown(text)} names a time zone", "write the five fields in UTC.", "schedule")
    words = text.split(" ")
    if len(words) in (6, 7):
        raise failed(
            f"{shown(text)} has {len(words)} fields, as where seconds or years are written",
            f"write minute, hour, day of month, month and day of week, such as `{' '.join(words[1:6])}`.",
            "schedule",
        )
    for word, field in zip(words, _FIELDS, strict=False):
        if word == "?":
            raise failed("`?` is not of crontab", "write `*` instead.", "schedule")
        if re.fullmatch(r"(?:[0-9,-]*[LW]+|[0-9]+[LW#][0-9]*|L-[0-9]+)", word):
            remedy = "write numbers; no schedule says which day is the last, or the nearest working day."
            raise failed(f"`{word}` as the {field.name} is not of crontab", remedy, "schedule")


def _values(field: _Field, text: str) -> frozenset[int]:
    return frozenset(value for item in text.split(",") for value in _item(field, item))


def _item(field: _Field, item: str) -> range:
    span, slash, step = item.partition("/")
    first, dash, last = span.partition("-")
    low = field.least if span == "*" else _number(field, first, item)
    high = field.most if span == "*" else _number(field, last, item) if dash else low
    if dash and last.lower() == "sun":
        high = 7
    if high < low:
        remedy = f"write it as two, such as `{first}-{field.most},{field.least}-{last}`."
        raise failed(f"`{item}` as the {field.name} ends before it begins", remedy, "schedule")
    if slash and not re.fullmatch("[1-9][0-9]?", step):
        raise failed(f"`/{step}` is not a step", f"write a number from 1 up, such as `{span}/2`.", "schedule")
    if slash and not dash and span != "*":
        raise failed(
            f"`{item}` steps through a single {field.name}",
            f"write from where to where, such as `{span}-{field.most}/{step}`.",
            "schedule",
        )
    return range(low, high + 1, int(step) if slash else 1)


def _number(field: _Field, text: str, item: str) -> int:
    word = text.lower()
    if word in field.words:
        return field.words.index(word) + field.least
    if text.isascii() and text.isdecimal() and len(text) <= 2 and field.least <= int(text) <= field.most:
        return int(text)
    words = f" or {field.words[0]} to {field.words[-1]}" if field.words else ""
    remedy = f"write {field.least} to {field.most}{words}, lists (`1,2`), ranges (`1-5`) or steps (`*/2`)."
    raise failed(f"`{item}` does not fit as the {field.name}", remedy, "schedule")


@frozen(order=True)
class Start(Quantity):
    """When a run begins: in minutes since the year 1, which begins with a Monday.

    >>> str(Start.parse("02:25")), str(Start.parse("2024-02-29 23:59"))
    ('2024-01-01 02:25', '2024-02-29 23:59')
    """

    minute: int
    what: ClassVar[str] = "time of day, or date and time"
    examples: ClassVar[tuple[str, ...]] = ("02:25", "2024-01-01 02:25")
    pattern: ClassVar[str] = (
        r"(?:2[0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[ T])?(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    )

    @classmethod
    def first(cls) -> "Start":
        """Where nothing is said: Monday, 2024-01-01 00:00."""
        return cls(date(2024, 1, 1).toordinal() * 1440)

    @classmethod
    def read(cls, value: object) -> Self:
        """`02:25` of Monday, 2024-01-01, or of another day, `2024-01-02 02:25`."""
        if not isinstance(value, str) or not re.fullmatch(cls.pattern, value.strip()):
            raise cls.refused(value)
        day, _, clock = value.strip().replace("T", " ").rpartition(" ")
        hour, minute = map(int, clock.split(":"))
        try:
            at = date.fromisoformat(day) if day else date(2024, 1, 1)
        except ValueError:
            raise cls.refused(value, "there is no such day") from None
        return cls((at.toordinal() * 24 + hour) * 60 + minute)

    def after(self, nanoseconds: int) -> "Start":
        """So much later, down to the minute."""
        return Start(self.minute + nanoseconds // MINUTE)

    @property
    def of_day(self) -> int:
        """Nanoseconds since midnight."""
        return self.minute % 1440 * MINUTE

    @property
    def weekday(self) -> str:
        """The day of the week, written out."""
        return f"{_moment(self.minute):%A}"

    def __str__(self) -> str:
        return f"{_moment(self.minute):%Y-%m-%d %H:%M}"


_LAST_DAY = date(9000, 1, 1).toordinal()


def _moment(minute: int) -> datetime:
    return datetime(1, 1, 1, tzinfo=UTC) + timedelta(days=minute // 1440 - 1, minutes=minute % 1440)
