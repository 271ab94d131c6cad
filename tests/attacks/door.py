"""The patients' door as attackers and scanners meet it: short ways through it, and a picture of the whole database."""

from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

OPEN, BORN_PAGE, CODE_PAGE, ASK = "/p/open/", "/p/", "/p/code/", "/p/ask/"
BORN = {"born_on_month": "5", "born_on_day": "14", "born_on_year": "1980"}
WRONG = BORN | {"born_on_year": "1981"}


def address(token):
    """The path a link leads to."""
    return reverse("clinic:link-open", args=[token])


def at_door(token, client=None, **headers):
    """A browser that opened the link and stands before "Continue"."""
    client = client or Client(**headers)
    assert client.get(address(token)).headers["Location"] == OPEN
    return client


def come_in(token, client=None, born=BORN):
    """Continue and the date of birth; returns the browser and the last answer."""
    client = at_door(token, client)
    assert client.post(OPEN).status_code == 303
    return client, client.post(BORN_PAGE, born)


def everything():
    """Every row of every table, as text."""
    tables = connection.introspection.table_names()
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    return {model: sorted(map(str, model._base_manager.values_list())) for model in models}
