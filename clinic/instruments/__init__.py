"""Questionnaires as data (``definitions/*.toml``) and the one scorer (``score.py``)."""
