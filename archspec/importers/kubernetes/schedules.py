"""When a CronJob is due: a flow that begins there. Whom it asks, the connections tell (`importers/jobs.py`)."""

from archspec.importers import Facts, Hint, Section, Subject, units
from archspec.importers.kubernetes.objects import Object
from archspec.importers.units import at, line_of, mapping
from archspec.model import Duration, Schedule
from archspec.model.schedule import NICKNAMES

_UTC = ("", "UTC", "Etc/UTC", "GMT", "Etc/GMT")


def scheduled(id_: str, workload: Object, facts: Facts) -> None:
    """The flow of a CronJob that is not suspended, and whose clock is the language's."""
    spec, written = workload.spec, str(workload.spec.get("schedule") or "")
    words = NICKNAMES.get(written.lower(), written)
    zone = str(spec.get("timeZone") or "")
    unsaid = f"by {zone}, and schedules are in UTC" if zone not in _UTC else "suspended" if spec.get("suspend") else ""
    try:
        due = Schedule.parse(words)
    except ValueError:
        unsaid = unsaid or "not of crontab"
    if unsaid:
        facts.part(id_, Hint.ALSO, f"`{written}` is {unsaid}", f"schedule {written}", line_of(spec, "schedule"))
        return
    flow, why = Subject(Section.FLOWS, f"{id_}-run"), f"schedule {written}"
    facts.add(flow, "from", id_, f"CronJob {workload.name}", workload.line)
    facts.add(flow, "schedule", str(due), why, line_of(spec, "schedule"))
    job = mapping(at(spec, "jobTemplate", "spec"))
    seconds = units.integer(job.get("activeDeadlineSeconds"))
    if seconds:
        within = str(Duration(seconds * 10**9))
        line = line_of(job, "activeDeadlineSeconds")
        facts.add(flow, "deadline", within, f"activeDeadlineSeconds {seconds}", line)
