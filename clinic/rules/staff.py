"""Who may give which role to whom. Pure: roles and ids in, items out.

The order: a superuser stands above a clinic admin, a clinic admin above every other role; those are equals.
"""

from clinic.refusal import Item

RANK = {"front_desk": 1, "nurse": 1, "prescriber": 1, "auditor": 1, "clinic_admin": 2}
SUPERUSER = 3


def rank(*, roles, superuser=False):
    """The highest rank among these roles; 0 for nobody's."""
    return SUPERUSER if superuser else max((RANK[role] for role in roles), default=0)


def against_membership(*, actor_id, subject_id, actor_roles, actor_superuser, subject_superuser, role):
    """All that speaks against this actor giving (or ending) this role at a site. `actor_roles`: held at that site."""
    own = rank(roles=actor_roles, superuser=actor_superuser)
    found = []
    if actor_id == subject_id:
        found.append(Item("own-membership", "Nobody changes their own roles. Ask another clinic admin.", field="user"))
    if own < RANK["clinic_admin"]:
        found.append(Item("not-admin", "You don't administer this site.", field="site"))
    if RANK[role] > own:
        found.append(Item("role-above", "This role stands above yours.", field="role"))
    if subject_superuser and not actor_superuser:
        found.append(Item("person-above", "This person stands above you.", field="user"))
    return found


def against_editing(*, actor_id, subject_id, actor_superuser, subject_superuser, subject_sites, actor_sites):
    """All that speaks against this actor changing a person's name, address or whether they may sign in."""
    if actor_superuser:
        return []
    found = []
    if subject_superuser:
        found.append(Item("person-above", "This person stands above you."))
    if actor_id == subject_id:
        found.append(Item("own-account", "Another clinic admin changes your account."))
    if set(subject_sites) - set(actor_sites):
        found.append(Item("other-site", "This person also works at a site you don't administer."))
    return found
