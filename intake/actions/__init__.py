"""The verbs of intake: each is atomic, locks, asks the rules, writes, audits."""
