"""The rules of intake. Pure: answers in, verdicts out, the time passed in. No query, no request."""
