"""Staff: who they are, what they are at which site, and when they are away."""

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from clinic.models.base import PERSONAL, SAFE, Row, both_or_neither


class Role(models.TextChoices):
    FRONT_DESK = "front_desk", "Front desk"
    NURSE = "nurse", "Nurse"
    PRESCRIBER = "prescriber", "Prescriber"
    CLINIC_ADMIN = "clinic_admin", "Clinic admin"
    AUDITOR = "auditor", "Auditor"


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)


class User(Row, AbstractBaseUser, PermissionsMixin):
    """A member of staff. Patients are not users: they come by link."""

    CLASSIFY = {
        "password": PERSONAL,
        "last_login": PERSONAL,
        "is_superuser": SAFE,
        "email": PERSONAL,
        "name": SAFE,
        "initials": SAFE,
        "credentials": SAFE,
        "is_active": SAFE,
        "joined_at": SAFE,
        "theme": SAFE,
    }
    is_staff_user = True

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    initials = models.CharField(max_length=6, blank=True)
    credentials = models.CharField(max_length=40, blank=True, help_text="RN, MD, NP...")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    theme = models.CharField(max_length=8, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        return f"{self.name} {self.credentials}".strip()

    @property
    def is_staff(self):
        """Whether the Django admin may open at all; what is in it is decided by membership."""
        return self.is_superuser or self.memberships.active().filter(role=Role.CLINIC_ADMIN).exists()

    def get_full_name(self):
        return self.name


class MembershipSet(models.QuerySet):
    def active(self, at=None):
        """Memberships in force at `at` (default: now, by the database's clock)."""
        at = at or models.functions.Now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


@pghistory.track()
class Membership(Row):
    """A role at a site. Ending it ends access at once; it is never deleted."""

    CLASSIFY = {"role": SAFE, "since": SAFE, "until": SAFE}

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField(db_default=models.functions.Now())
    until = models.DateTimeField(null=True, blank=True)

    objects = MembershipSet.as_manager()

    class Meta:
        ordering = ["site__name", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "site", "role"], condition=Q(until__isnull=True), name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} at {self.site}"


class StaffAbsence(Row):
    """Somebody is away: nothing new is booked with them then. Called off rather than deleted."""

    KINDS = [("leave", "Leave"), ("ill", "Ill"), ("training", "Training"), ("other", "Other")]
    CLASSIFY = {
        "during": SAFE,
        "kind": PERSONAL,
        "why": PERSONAL,
        "noted_at": SAFE,
        "called_off_at": SAFE,
    }

    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    during = DateTimeRangeField()
    kind = models.CharField(max_length=8, choices=KINDS, default="other")
    why = models.CharField(max_length=80, blank=True)
    noted_at = models.DateTimeField(db_default=models.functions.Now())
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="absence_no_overlap",
                expressions=[("user", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(called_off_at__isnull=True),
            ),
            both_or_neither("absence", "called_off"),
        ]
