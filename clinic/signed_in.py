"""Who is signed in: Django's session in the database and its person, in SQL put together once.

What the packages do is theirs; only the reads of every request are compiled once (`clinic.prepared`) and not each
time. Nothing is kept between requests: a session that ended and a person who was switched off are gone at once.
"""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils import timezone

from clinic.access import with_memberships
from clinic.models import User
from clinic.prepared import Prepared

_session = Prepared(
    lambda of: Session.objects.filter(session_key=of.text("key"), expire_date__gt=of.moment("now")).order_by()
)
_person = Prepared(lambda of: User._default_manager.filter(pk=of("pk")).order_by())


class SessionStore(DatabaseSessions):
    """Django's sessions in the database; two requests at once keep what each of them changed.

    A page that refreshes by itself is often under way beside what its user does. Django writes the whole session back
    as the request read it, so the refresh could take away a lock, or the mark that somebody is working. Here only what
    the request changed is written, key by key, over what stands there by then.
    """

    _read = None  # the row's text as this request read it

    def _get_session_from_db(self):
        found = _session.first(key=self.session_key, now=timezone.now())  # the clock that set when it ends
        if found is None:
            self._session_key = None
        self._read = found.session_data if found else None
        return found

    def save(self, must_create=False):
        """Write what this request changed. Raises `UpdateError` when the session has ended meanwhile."""
        if must_create or self.session_key is None or self._read is None:
            self._read = None
            super().save(must_create)
            return
        said = self._get_session()
        while not self._replace(said):
            said = self._over_what_stands(said)
        self._session_cache = said

    def _replace(self, said):
        row = self.create_model_instance(said)
        mine = Session.objects.filter(session_key=self.session_key, session_data=self._read)
        done = mine.update(session_data=row.session_data, expire_date=row.expire_date)
        if done:
            self._read = row.session_data
        return done

    def _over_what_stands(self, said):
        found = Session.objects.filter(session_key=self.session_key).first()
        if found is None:
            raise UpdateError
        before, now = self.decode(self._read), self.decode(found.session_data)
        for key in before.keys() | said.keys():
            if key not in said:
                now.pop(key, None)
            elif key not in before or said[key] != before[key]:
                now[key] = said[key]
        self._read = found.session_data
        return now


class KnownPerson:
    """The person a session names, while they may still sign in."""

    def get_user(self, user_id):
        """The `User`, with what they hold (`holds_now`) where that is something; None when nobody has this id or they
        are switched off.
        """
        try:
            pk = User._meta.pk.to_python(user_id)
        except ValidationError:
            return None
        user = with_memberships(pk) or _person.first(pk=pk)
        return user if user is not None and self.user_can_authenticate(user) else None


class ByUsername(KnownPerson, ModelBackend):
    """Sign-in by e-mail as Django's own pages do it."""


class ByEmail(KnownPerson, AuthenticationBackend):
    """Sign-in by e-mail as the sign-in pages do it."""
