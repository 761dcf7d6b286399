"""A trace as a Mermaid sequence diagram: that of its picture."""

from archspec.reports import Report, Subject, TracedRequest


def mermaid(traced: TracedRequest) -> str:
    """The sequence of calls and answers, as Mermaid writes every sequence."""
    from archspec.renderers.formats.mermaid import written_sequence
    from archspec.renderers.trace_pictures import sequence_of

    return written_sequence(sequence_of(traced.architecture, traced.trace))


REPORT = Report("mermaid", Subject.TRACE, (".mmd",), mermaid)
