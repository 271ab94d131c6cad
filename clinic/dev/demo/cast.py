"""Who is in the demo clinic. Every family name is a word of the sea shore, every address ends in example.org."""

from dataclasses import dataclass
from datetime import date

PASSWORD = "low-water-lantern-42"  # noqa: S105 - printed by ./run, demo only

SITES = [
    {
        "name": "Harbor Street Clinic",
        "short_name": "Harbor Street",
        "zone_name": "America/New_York",
        "address": "1 Harbor Street, Exampleton",
        "phone": "617 555 0142",
        "chairs": 8,
    },
    {
        "name": "Mesa Road Clinic",
        "short_name": "Mesa Road",
        "zone_name": "America/Denver",
        "address": "20 Mesa Road, Sampleville",
        "phone": "303 555 0117",
        "chairs": 4,
    },
]

# name, credentials, e-mail name, {site index: roles}
STAFF = [
    ("Fern Lobby", "", "desk", {0: ["front_desk"], 1: ["front_desk"]}),
    ("Amara Osei", "RN", "nurse", {0: ["nurse"]}),
    ("Tom Brandt", "RN", "nurse2", {0: ["nurse"]}),
    ("Petra Nowak", "RN", "nurse3", {0: ["nurse"]}),
    ("Lena Whitlock", "MD", "prescriber", {0: ["prescriber"], 1: ["prescriber"]}),
    ("Marcus Hale", "NP", "prescriber2", {0: ["prescriber"]}),
    ("Ines Calder", "", "admin", {0: ["clinic_admin"], 1: ["clinic_admin"]}),
    ("Otto Ledger", "", "auditor", {0: ["auditor"], 1: ["auditor"]}),
    ("Noor Vale", "RN", "nurse.mesa", {1: ["nurse"]}),
    ("Sam Quill", "RN", "nurse2.mesa", {1: ["nurse"]}),
    ("Dana Frost", "", "desk.mesa", {1: ["front_desk"]}),
]
LOGINS = ["desk", "nurse", "prescriber", "admin", "auditor", "nurse.mesa"]  # the ones worth printing
PIN = "604271"  # of second signatures at a chair; demo only
PIN_HOLDERS = ["nurse", "nurse2", "nurse3", "prescriber"]


def _words(text):
    return text.split()


FAMILY = _words(
    """
    Driftwood Saltmarsh Pebble Breakwater Lagoon Estuary Tidepool Seagrass Lighthouse Sandbar Cove Jetty Kelp Mooring
    Spindrift Barnacle Cormorant Dune Eddy Fathom Gannet Headland Inlet Jibsail Keelson Limpet Mudflat Neaptide Offshore
    Petrel Quayside Reedbed Shingle Tern Undertow Viking Whelk Yawl Zostera Anchor
    """
)
GIVEN = {
    "female": _words(
        """
        Marie Ngozi Sara Rosalind Ingrid Aisha Elena Mei Priya Hannah Lucia Fatima Greta Noelle Yara Agnes Ruth Wanda
        Ida Olive
        """
    ),
    "male": _words(
        """
        Jonas Luca Hiro Piotr Samuel Omar Diego Ivan Noah Elias Kofi Ravi Hugo Matteo Felix Arthur Bruno Cyril Emil
        Walter
        """
    ),
}


@dataclass(frozen=True)
class Person:
    """One invented patient; `number` counts from 0 and decides everything else."""

    number: int
    family: str
    given: str
    sex: str
    born: date
    site: int
    condition: str
    stage: str


CONDITIONS = ["crps", "neuropathic", "fibromyalgia", "depression", "ptsd", "injury", "arthritis", "depression"]

# How far each of the forty has come. Twelve have a history of infusions, eight of them are in the house today.
STAGES = (
    ["invited"] * 3
    + ["packet_half"] * 2
    + ["submitted"] * 3
    + ["suicide_answer", "declined"]
    + ["candidate"] * 2
    + ["planned"] * 2
    + ["booked"] * 3
    + ["mid_series"] * 4
    + ["relief"] * 6
    + ["booster"] * 3
    + ["reassess"]
    + ["today_alarm", "today_caution", "today_overdue", "today_infusing", "today_arrived", "today_observing"]
    + ["today_ready", "today_paused", "today_next"]
)


MOOD_TODAY = {"today_alarm": "depression", "today_observing": "ptsd", "today_ready": "depression"}
# Two groups large enough for the clinic's own curve of similar courses: five patients of each.
ALIKE = {21: "crps", 22: "depression", 23: "depression", 24: "crps", 25: "crps", 26: "depression", 27: "depression",
         28: "depression", 29: "crps", 30: "crps"}  # fmt: skip


def people():
    """The forty, always the same."""
    return [_person(number, stage) for number, stage in enumerate(STAGES)]


def _person(number, stage):
    sex = "female" if number % 2 == 0 else "male"
    return Person(
        number=number,
        family=FAMILY[number],
        given=GIVEN[sex][number // 2],
        sex=sex,
        born=date(1948 + (number * 7) % 52, 1 + (number * 5) % 12, 1 + (number * 11) % 28),
        site=0 if stage.startswith("today") or number % 4 else 1,
        condition=MOOD_TODAY.get(stage) or ALIKE.get(number) or CONDITIONS[number % len(CONDITIONS)],
        stage=stage,
    )
