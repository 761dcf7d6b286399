"""Traces to facts: who asks whom, and what each kind of request does."""
