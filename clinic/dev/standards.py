"""Single lines of the standards: what each asks, in our words, and the tests that hold it.

Ids are those of OWASP ASVS 5.0 (V), the ONC criteria of 45 CFR 170.315(d) (ONC-d), HIPAA 164.312 (HIP) with what was
proposed for it (NPRM), and of our own checklists. A line whose tests carry its id says so by itself; the others name in
`held` what holds them: another id, a test, or a page of docs/.
"""

LINES = {
    # ---- what comes in and goes out
    "V1.2.1": ("Marks typed into any field are text wherever they are shown", ["ATK-10"]),
    "V1.2.2": ("No address that runs becomes a link", []),
    "V1.2.3": ("Figures reach scripts as data; a closing tag in a name breaks nothing", ["ATK-10"]),
    "V1.2.4": ("No field, filter or order reaches SQL", ["ATK-05", "ATK-06"]),
    "V1.2.9": ("A pattern in a search box is only letters", []),
    "V1.2.10": ("No cell of a table is a formula", ["ATK-25"]),
    "V1.3.3": ("Unseen signs and texts without an end are kept out", []),
    "V1.3.6": ("No address that somebody typed is fetched", ["ATK-26"]),
    "V1.3.7": (
        "Texts with placeholders take listed ones only",
        ["tests/clinic/notify/test_texts.py::placeholders_are_allow_listed"],
    ),
    "V1.3.11": ("A line break makes no further header of a mail", ["ATK-34"]),
    "V1.5.2": ("A pickled message is refused and the worker lives on", []),
    "V2.2.1": (
        "Impossible figures are refused by the server",
        ["tests/sessions/test_views_vitals.py::the_impossible_is_refused_beside_its_field_and_kept"],
    ),
    "V2.2.2": (
        "The same without a script in the browser",
        ["tests/sessions/test_views_vitals.py::a_future_time_and_words_for_numbers_are_refused"],
    ),
    "V2.2.3": (
        "Figures that contradict each other fit no row",
        ["tests/sessions/test_models.py::impossible_values_do_not_fit_the_table"],
    ),
    "V2.3.1": (
        "No step is skipped by its address",
        ["tests/sessions/test_views_after.py::signing_before_the_end_is_refused_kindly"],
    ),
    "V2.3.3": ("A process killed half-way leaves all of an operation or nothing", ["REL-22"]),
    "V2.3.4": (
        "Twenty who want one chair: one gets it",
        [
            "tests/clinic/actions/test_booking_race.py::twenty_want_the_same_chair_one_gets_it_and_nineteen_get_alternatives"
        ],
    ),
    "V2.3.5": (
        "What needs a second person gets another clinician",
        ["tests/sessions/test_views_way.py::the_second_person_is_another_clinician"],
    ),
    "V2.4.1": ("Ids tried or files taken in numbers are told of and stopped", []),
    # ---- browsers
    "V3.2.1": ("Uploads never become a page", ["ATK-12"]),
    "V3.3.1": ("Cookies go by HTTPS only, under a name no other host can set", ["HDR-2", "DJ-11"]),
    "V3.3.2": ("Cookies do not travel with requests of foreign sites", ["HDR-2"]),
    "V3.3.3": ("The session's cookie has the __Host- name", ["HDR-2", "DJ-11"]),
    "V3.3.4": ("No script reads the session's cookie", ["HDR-2"]),
    "V3.4.1": ("HTTPS is remembered for a year at least, on every answer", ["HDR-1"]),
    "V3.4.2": ("No foreign origin is let in", []),
    "V3.4.3": ("The content policy starts from nothing and has no unsafe word", []),
    "V3.4.4": ("No type is guessed", ["HDR-6"]),
    "V3.4.5": ("No page tells others where its reader came from", ["HDR-1"]),
    "V3.4.6": ("No page is framed", ["HDR-1", "ATK-33"]),
    "V3.4.8": ("No page is held by the window that opened it", ["HDR-1", "ATK-33"]),
    "V3.5.1": ("No form without its token", ["ATK-14"]),
    "V3.5.3": ("Looking changes nothing", ["ATK-14"]),
    "V3.7.2": ("No redirect leaves the site", ["ATK-23"]),
    "V4.1.3": ("What a caller forges about address, host or scheme is not believed", ["ATK-22", "ATK-35"]),
    "V4.1.4": ("No page takes a method it was not made for", []),
    "V4.4.2": ("No stream for a foreign origin", ["ATK-27"]),
    "V4.4.3": ("A stream needs a live session and ends with it", ["ATK-27"]),
    "V5.2.1": ("Files have a size", ["ATK-12"]),
    "V5.2.2": ("Files are what they say", ["ATK-12"]),
    "V5.2.6": ("A huge picture is refused before it is unpacked", ["ATK-12"]),
    "V5.3.2": ("The name of a file leads nowhere", ["ATK-12", "ATK-13"]),
    "V5.4.2": ("The name of a download is ours", ["ATK-13"]),
    # ---- sign-in
    "V6.2.8": ("A password is kept and compared whole", []),
    "V6.5.3": ("Seeds and recovery codes are not readable in a dump", ["V6.5.2"]),
    "V6.5.5": ("A mailed code lives ten minutes", ["tests/clinic/test_links.py::a_code_lives_ten_minutes", "ML-01"]),
    "V8.2.1": ("Each page is for the roles of the table only", ["ATK-09"]),
    "V8.2.2": (
        "A foreign id reads like one that is not there",
        ["tests/clinic/test_access.py::a_foreign_id_answers_like_an_absent_one", "ATK-09"],
    ),
    "V9.2.1": ("Signed words have an end", ["ATK-21", "ATK-37"]),
    "V9.2.2": ("Signed words are for one purpose", ["ATK-37"]),
    "V11.5.1": ("Secrets have 256 bits of chance", ["ML-02"]),
    # ---- places, logs, troubles
    "V13.4.5": ("No open place for metrics or details", ["ATK-36"]),
    "V14.2.2": ("The shared cache holds counts and nothing of a record", []),
    "V14.3.3": ("Nothing readable stays in a browser after sign-out", ["ATK-32"]),
    "V15.3.1": ("Answers carry what their reader may read and no more", ["V8.2.3"]),
    "V15.3.3": ("Fields nobody offered are left aside", ["ATK-15"]),
    "V15.4.2": ("Two at once: one wins, whole", ["ATK-24"]),
    "V16.2.5": ("No log names a person", ["G-12"]),
    "V16.3.1": (
        "Each sign-in stands in the audit",
        ["tests/clinic/test_sign_in.py::password_signs_in_and_the_audit_knows"],
    ),
    "V16.3.3": ("Each look at a record stands in the audit", ["ONC-d10"]),
    "V16.4.1": ("A log entry is one line whatever is sent", ["ATK-29"]),
    "V16.4.2": ("The audit is only added to", ["G-11"]),
    "V16.5.2": ("Redis or mail away: the page saves all the same", ["REL-07", "REL-19"]),
    "V16.5.3": ("A trouble never opens what is shut", ["REL-21"]),
    "V16.5.4": ("Each trouble that nobody foresaw has its page and its number", ["V16.5.1"]),
    # ---- ONC 170.315(d), HIPAA 164.312
    "ONC-d1": ("Everybody is a person of their own with rights by role", ["ATK-09", "ATK-19"]),
    "ONC-d7": ("What stays on a device is sealed, or nothing stays", ["ATK-32", "OFF-03"]),
    "ONC-d8": ("What is kept, copied and given out has its hash", ["ONC-d2", "ONC-d11", "REL-16"]),
    "ONC-d9": ("Connections off the machine are encrypted", ["V12.3.1", "HDR-1"]),
    "ONC-d12": ("Passwords are hashed, seeds sealed", ["V11.4.2", "V6.5.2"]),
    "ONC-d13": ("Two factors", ["ATK-19"]),
    "HIP-a2i": ("A name for everybody", ["ONC-d1"]),
    "HIP-a2ii": ("A way in for emergencies", ["ONC-d6"]),
    "HIP-a2iii": ("Who walks away is locked out", ["UX-20"]),
    "HIP-a2iv": ("Sealed at rest: copies, seeds", ["REL-16", "V6.5.2"]),
    "HIP-b": (
        "An audit, kept six years",
        ["ONC-d10", "tests/clinic/rules/test_keeping.py::the_floors_of_the_law_hold_whatever_is_set"],
    ),
    "HIP-c1": ("No change without a trace", ["ATK-39"]),
    "HIP-c2": ("Proof that nothing was changed", ["ONC-d2"]),
    "HIP-d": ("Who it is, is proven", ["ATK-19"]),
    "HIP-e1": ("No change on the way", ["V12.3.1"]),
    "HIP-e2": ("No reader on the way", ["V12.3.1"]),
    "NPRM-1": ("Two factors everywhere", ["ATK-19"]),
    "NPRM-2": ("At work again within 72 hours, proven", ["REL-16"]),
    "NPRM-3": ("A list of what holds data and where it goes", ["docs/data-flows.md"]),
    "NPRM-4": ("The attacks are a script", ["docs/attacks.md", "G-20"]),
    # ---- parts
    "REM-1": (
        "No message tells what somebody is treated for",
        ["tests/clinic/notify/test_texts.py::words_that_tell_are_refused"],
    ),
    "ADM-1": (
        "The admin has no sign-in of its own",
        ["tests/clinic/test_sign_in.py::g_03_the_admin_has_no_sign_in_of_its_own"],
    ),
    "ADM-2": (
        "The admin shows no clinical field",
        ["tests/clinic/test_admin.py::no_clinical_or_mental_field_is_shown"],
    ),
    "ADM-3": (
        "The admin changes no row of a record",
        ["tests/clinic/test_admin.py::no_row_of_a_record_can_be_added_changed_or_deleted"],
    ),
    "SSE-1": ("Streams open to our own pages only", ["ATK-27"]),
    "SSE-2": ("Streams end with the right to them", ["ATK-27", "NPRM-5"]),
    "SSE-3": ("Streams carry ids only", ["G-12"]),
    "SSE-4": (
        "Many streams cost no page, and without them pages look again",
        ["tests/project/test_live.py::a_crowd_that_comes_back_at_once_is_let_in_and_told_what_it_missed", "P-7"],
    ),
    "CEL-1": ("The worker takes JSON only", []),
    "CEL-2": ("Redis is for us alone", ["ATK-28", "V13.2.3"]),
    "CEL-3": ("Tasks carry ids", ["G-12"]),
    "CEL-4": ("Results are not kept", ["CEL-1"]),
    "CEL-5": ("No window into the queue is open", ["ATK-36"]),
    "CSV-1": ("Cells are never formulas, figures stay figures", ["ATK-25"]),
    "CSV-2": ("In every table there is", ["ATK-25"]),
    "PDF-1": ("Papers fetch nothing", ["ATK-26"]),
    "PDF-2": ("What was typed is text on paper", ["ATK-26"]),
    "PDF-3": ("A paper has its time and its memory", []),
    "LOG-4": ("No address tells a name", ["V14.2.1"]),
    "OFF-01": (
        "The tablet keeps the shell, the same for everybody",
        ["tests/sessions/test_actions_offline.py::the_shell_and_the_worker_are_the_same_for_everybody"],
    ),
    "OFF-02": ("What waits is sent by itself, once, in order", ["REL-11"]),
    "OFF-03": (
        "What waits is sealed and has no name",
        ["tests/sessions/test_actions_offline.py::the_run_sheet_leaves_facts_and_a_ticket_but_no_name", "ATK-32"],
    ),
    "OFF-04": (
        "Signing out with waiting entries asks first",
        ["tests/sessions/test_browser_offline.py::signing_out_with_waiting_entries_warns_and_keeps_them"],
    ),
    "OFF-06": ("Opened again without network, it says what waits", ["REL-12"]),
    "OFF-07": (
        "A closed session takes it as a late entry",
        ["tests/sessions/test_actions_offline.py::a_session_closed_meanwhile_takes_it_as_a_late_entry"],
    ),
    "OFF-08": (
        "A sign-in that lapsed is asked for, nothing is lost",
        [
            "tests/sessions/test_browser_offline.py::a_sign_in_that_ended_meanwhile_is_asked_for_and_a_colleague_may_send"
        ],
    ),
    "P-1": ("What was acknowledged is never lost", ["docs/guarantees.md"]),
    "P-2": ("No write is applied twice", ["docs/guarantees.md"]),
    "P-3": ("Nobody's work is overwritten in silence", ["docs/guarantees.md"]),
    "P-4": ("A reminder goes out once, or is shown as failed or unknown", ["docs/guarantees.md"]),
    "P-5": ("Without Redis everything clinical still works", ["docs/guarantees.md"]),
    "P-6": ("A restore is proven", ["docs/guarantees.md"]),
}
