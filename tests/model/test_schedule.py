"""Schedules: which moments the five fields of crontab mean, and what other clocks write that is refused."""

from fractions import Fraction
from itertools import islice

import pytest
from pydantic_core import PydanticCustomError

from archspec.model import Schedule, Start
from archspec.model.schedule import MINUTE

WEEK = 7 * 86400


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("30 2 * * *", ["2024-01-01 02:30", "2024-01-02 02:30", "2024-01-03 02:30"]),
        ("*/20 23 * * *", ["2024-01-01 23:00", "2024-01-01 23:20", "2024-01-01 23:40", "2024-01-02 23:00"]),
        ("0 6 * * mon-fri", [f"2024-01-0{day} 06:00" for day in (1, 2, 3, 4, 5, 8)]),
        ("0 6 * * sat-sun", [f"2024-01-{day} 06:00" for day in ("06", "07", "13", "14")]),
        ("0 6 * * 7", ["2024-01-07 06:00", "2024-01-14 06:00"]),
        ("5,10-11 0 1 */6 *", ["2024-01-01 00:05", "2024-01-01 00:10", "2024-01-01 00:11", "2024-07-01 00:05"]),
        ("0 0 13 * FRI", ["2024-01-05 00:00", "2024-01-12 00:00", "2024-01-13 00:00", "2024-01-19 00:00"]),
        ("0 0 */2 * fri", ["2024-01-05 00:00", "2024-01-19 00:00", "2024-02-09 00:00"]),
        ("0 0 29 Feb *", ["2024-02-29 00:00", "2028-02-29 00:00"]),
        ("0 12 31 * *", ["2024-01-31 12:00", "2024-03-31 12:00", "2024-05-31 12:00"]),
    ],
)  # fmt: skip
def test_it_is_due_when_crontab_says(text: str, first: list[str]) -> None:
    """Names, lists, ranges, steps; of two restricted days either, unless one begins with a star."""
    minutes = islice(Schedule.parse(text).minutes_from(Start.first()), len(first))
    assert [str(Start(minute)) for minute in minutes] == first


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("@daily", "`@daily` is a nickname of cron's", "write its five fields, `0 0 * * *`."),
        ("@reboot", "`@reboot` is a nickname of cron's", "write five fields, such as `30 2 * * *`."),
        ("0 30 2 * * *", "`0 30 2 * * *` has 6 fields, as where seconds or years are written",
         "write minute, hour, day of month, month and day of week, such as `30 2 * * *`."),
        ("0 0 ? * *", "`?` is not of crontab", "write `*` instead."),
        ("0 0 L * *", "`L` as the day of month is not of crontab",
         "write numbers; no schedule says which day is the last, or the nearest working day."),
        ("0 0 15W * *", "`15W` as the day of month is not of crontab",
         "write numbers; no schedule says which day is the last, or the nearest working day."),
        ("TZ=Europe/Paris 0 0 * * *", "`TZ=Europe/Paris 0 0 * * *` names a time zone", "write the five fields in UTC."),
        ("0 0 31 2 *", "`0 0 31 2 *` is never due: none of its months has a day 31", "choose another day."),
        ("0 0 30 2,feb *", "`0 0 30 2,feb *` is never due: none of its months has a day 30", "choose another day."),
        ("60 * * * *", "`60` does not fit as the minute",
         "write 0 to 59, lists (`1,2`), ranges (`1-5`) or steps (`*/2`)."),
        ("0 0 * * monday", "`monday` does not fit as the day of week",
         "write 0 to 7 or sun to sat, lists (`1,2`), ranges (`1-5`) or steps (`*/2`)."),
        ("0 22-6 * * *", "`22-6` as the hour ends before it begins", "write it as two, such as `22-23,0-6`."),
        ("5/15 * * * *", "`5/15` steps through a single minute", "write from where to where, such as `5-59/15`."),
        ("*/0 * * * *", "`/0` is not a step", "write a number from 1 up, such as `*/2`."),
        ("0 0 * *", "`0 0 * *` is not a schedule: it has 4 fields",
         "write it as `30 2 * * *`, `0 6 * * mon-fri`, `*/15 8-18 * * *`."),
    ],
)  # fmt: skip
def test_what_other_clocks_write_is_refused_with_what_to_write(text: str, message: str, remedy: str) -> None:
    """Nicknames, seconds, `?`, `L`, `W`, zones; and what is never due."""
    with pytest.raises(PydanticCustomError) as error:
        Schedule.parse(text)
    assert error.value.message() == message
    assert (error.value.context or {})["remedy"] == remedy


def test_the_mean_is_that_of_the_calendar() -> None:
    """97 leap days in 400 years, and weekdays as often as there are weeks."""
    assert Schedule.parse("0 0 29 2 *").per_second == Fraction(97, 146_097 * 86400)
    assert Schedule.parse("*/15 8-18 * * mon-fri").per_second == Fraction(4 * 11 * 5, WEEK)


def test_ticks_are_those_of_the_run_alone() -> None:
    """One at its very beginning is of it, one at its end is not."""
    ticks = Schedule.parse("*/30 * * * *").ticks(Start.parse("2024-03-05 02:30"), 90 * MINUTE)
    assert [tick // MINUTE for tick in ticks] == [0, 30, 60]


@pytest.mark.parametrize("text", ["2:25", "24:00", "2024-02-30 10:00", "02:25:00", "2024-1-1 02:25", "noon"])
def test_a_start_is_a_time_of_day_or_a_date_with_one(text: str) -> None:
    """Hours have two digits, and days are those of the calendar."""
    with pytest.raises(ValueError, match="is not a time of day, or date and time"):
        Start.parse(text)
