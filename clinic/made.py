"""Instances out of rows, for questions asked again and again: what `Model.from_db` makes, with less work a row.

A row that many others point at (who recorded it) is made once an answer and shared, as `prefetch_related` does.
"""

import uuid
from functools import lru_cache

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.mixins import FieldCacheMixin
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init
from psycopg2 import extensions

# Attributes that putting a value into the instance's own dictionary sets as well as assigning it does.
PLAIN_ATTRIBUTES = {DeferredAttribute, ForeignKeyDeferredAttribute}

UUID_OID, UUID_ARRAY_OID = 2950, 2951  # of the server's own types
KEYS_REMEMBERED = 8192  # about two megabytes a process


def remember_keys():
    """Let psycopg2 make a UUID that it has read before out of memory: an answer names the same rows many times."""
    known = lru_cache(KEYS_REMEMBERED)(uuid.UUID)
    uuids = extensions.new_type((UUID_OID,), "UUID", lambda data, _: None if data is None else known(data))
    extensions.register_type(uuids)
    extensions.register_type(extensions.new_array_type((UUID_ARRAY_OID,), "UUID[]", uuids))


class Maker:
    """Makes the instances of one compiled question, with those that it selects along."""

    def __init__(self, klass_info, select, alias):
        first, last = klass_info["select_fields"][0], klass_info["select_fields"][-1] + 1
        names = [column[0].target.attname for column in select[first:last]]
        self._make = _maker(klass_info["model"], names, slice(first, last), alias)
        self._related = _Related(get_related_populators(klass_info, select, alias), alias)

    def all(self, rows):
        """One instance a row, in their order."""
        made = [self._make(row) for row in rows]
        self._related.attach(made, rows)
        return made


def _maker(model, names, part, alias):
    """A function from a row of the answer to an instance of `model`, its columns being the slice `part`."""
    if not _is_plain(model, names):
        return lambda row: model.from_db(alias, names, row[part])

    def make(row):
        new, state = model.__new__(model), ModelState()
        state.adding, state.db = False, alias
        new.__dict__["_state"] = state
        new.__dict__.update(zip(names, row[part], strict=True))
        return new

    return make


def _is_plain(model, names):
    """Whether nothing but setting its attributes happens when Django makes such an instance."""
    kinds = {type(getattr(model, name)) for name in names}
    own = model.from_db.__func__ is not Model.from_db.__func__ or model.__init__ is not Model.__init__
    heard = any(signal.has_listeners(model) for signal in (pre_init, post_init))
    return kinds <= PLAIN_ATTRIBUTES and not own and not heard


class _Related:
    """What hangs on the instances of one model: the related ones, set as `select_related` sets them."""

    def __init__(self, populators, alias):
        self.children = [_child(populator, alias) for populator in populators]

    def attach(self, owners, rows):
        for child in self.children:
            child.attach(owners, rows)


def _child(populator, alias):
    is_known = populator.reorder_for_init is None and _is_cache(populator.local_setter)
    return _Child(populator, alias) if is_known else _Django(populator)


def _is_cache(setter):
    return getattr(setter, "__func__", None) is FieldCacheMixin.set_cached_value


class _Django:
    """A relation of a rarer kind: left to Django."""

    def __init__(self, populator):
        self.populator = populator

    def attach(self, owners, rows):
        for owner, row in zip(owners, rows, strict=True):
            self.populator.populate(row, owner)


class _Child:
    """One relation: its instances, made once for each row that is pointed at."""

    def __init__(self, populator, alias):
        part = slice(populator.cols_start, populator.cols_end)
        self.make = _maker(populator.model_cls, populator.init_list, part, alias)
        self.pk_at = populator.cols_start + populator.pk_idx
        self.name = populator.local_setter.__self__.cache_name
        self.back = populator.remote_setter if _is_cache(populator.remote_setter) else None
        self.related = _Related(populator.related_populators, alias)

    def attach(self, owners, rows):
        found, firsts = {}, []
        for owner, row in zip(owners, rows, strict=True):
            key = row[self.pk_at]
            one = None
            if key is not None:
                one = found.get(key)
                if one is None:
                    one = found[key] = self.make(row)
                    firsts.append(row)
                if self.back:
                    self.back(one, owner)
            owner._state.fields_cache[self.name] = one
        self.related.attach(list(found.values()), firsts)
