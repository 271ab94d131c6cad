"""What a disk that fills up means for the product. Pure. Figures of REL-15: an alarm at 80 %, files refused first."""

from dataclasses import dataclass

from clinic.refusal import Item, Refused

OK, TIGHT, NO_FILES, READ_ONLY = "ok", "tight", "no_files", "read_only"
STAGES = (OK, TIGHT, NO_FILES, READ_ONLY)
# From how many percent used: the admins are told; no files are taken; nothing but what happens at the chairs is saved.
FROM = {TIGHT: 80, NO_FILES: 90, READ_ONLY: 97}
BACK = 2  # percent below a stage before it is left again, so that it does not flicker
WORDS = {
    TIGHT: "The server's disk fills up.",
    NO_FILES: "The server is short of space: files can't be added now. Everything else is saved.",
    READ_ONLY: "The server is nearly full: only what happens at the chairs is saved now. Other pages can be read.",
}


@dataclass(frozen=True)
class Reading:
    """How full one disk is, in bytes. `name` is what the clinic calls it, e.g. "database"."""

    name: str
    used: int
    total: int

    @property
    def percent(self) -> int:
        """How full, in whole percent, rounded up: 79.2 counts as 80. A disk of no size is full."""
        return -(-100 * self.used // self.total) if self.total > 0 else 100


def stage_of(percent: int, before: str = OK) -> str:
    """The stage at so many percent, coming from the stage before."""
    reached = [stage for stage in FROM if percent >= FROM[stage]]
    held = [stage for stage in FROM if STAGES.index(stage) <= STAGES.index(before) and percent >= FROM[stage] - BACK]
    return max([OK, *reached, *held], key=STAGES.index)


def can_take_files(stage: str) -> bool:
    """Whether files may be added."""
    return STAGES.index(stage) < STAGES.index(NO_FILES)


def check_can_take_files(stage: str) -> None:
    """Raise Refused when files may not be added now."""
    if not can_take_files(stage):
        raise Refused(
            Item("space", "The server is short of space and can't take files now. Ask an administrator.", field="file")
        )


def can_save(stage: str, *, at_a_chair: bool) -> bool:
    """Whether a form may be saved: at the last stage only what happens at a chair is."""
    return at_a_chair or stage != READ_ONLY
