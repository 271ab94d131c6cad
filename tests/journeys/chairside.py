"""The steps of one infusion as anybody walks them: pointer, fingers or keys alone (`person` says how)."""

from sessions.models import AlarmAnswered, DrugEvent, InfusionSession, LedgerEntry, SecondCheck
from tests.factories.places import PASSWORD

CHECKLIST = {
    "identity": "yes",
    "consent": "yes",
    "fasting": "yes",
    "fasting_detail": "Toast at six",
    "escort": "reached",
    "escort_detail": "Sister, 555 0123",
    "medicines": "no",
    "pregnancy": "not_applicable",
    "monitoring": "yes",
    "emergency_equipment": "yes",
    "prescriber": "yes",
}
CALM = ("122", "78", "72", "98")


def sheet(person):
    return f"/sessions/{InfusionSession.objects.get().pk}/"


# ---- before


def the_nurse_checks_in_from_the_board(nurse):
    nurse.opens("/board/")
    nurse.follows("Check in")
    nurse.presses("Check in")
    nurse.sees("Before the start")


def what_is_missing_is_listed(nurse):
    nurse.follows("Start", within=nurse.page.get_by_role("group", name="Record for"))
    nurse.stands_at("Not ready")
    said = nurse.reads()
    for gate in ("identity", "willing", "weight", "baseline", "line", "dose", "second check", "fasting"):
        assert gate in said.lower(), gate
    nurse.keeps_picture("start-missing-tablet")
    assert nurse.page.get_by_role("button", name="Start the infusion").count() == 0


def the_nurse_does_what_is_missing(nurse, clinic):
    nurse.opens(f"{sheet(nurse)}")
    nurse.follows("Checklist")
    nurse.fills_in(CHECKLIST)
    nurse.presses("Save the checklist")
    nurse.follows("Weight today")
    nurse.types("Weight", "70")
    nurse.presses("Save the weight")
    nurse.follows("Baseline vitals")
    nurse.keys_in(*CALM)
    nurse.fills_in({"pain": "6"})
    nurse.presses("Save vitals for")
    nurse.follows("IV line")
    nurse.chooses("What happened", "Placed")
    nurse.types("Where", "left forearm")
    nurse.types("Gauge", "22")
    nurse.presses("Save the line")
    nurse.follows("Order and dose")
    nurse.sees("35 mg", "0.5 mg/kg", "52.5 mL/h")
    nurse.presses("Read it back before signing")
    nurse.stands_at("Sign this dose for")
    nurse.keeps_picture("dose-sign-tablet")
    nurse.presses("Sign the dose for")
    nurse.follows("Prepare the syringe")
    nurse.types("Container 1, its code", "KET-1")
    nurse.types("Volume drawn from container 1", "1")
    nurse.picks("Diluent", "Sodium chloride 0.9 %")
    nurse.types("Diluent added", "49")
    nurse.presses("Save the preparation")
    nurse.sees("KET-1", "LOT-A")
    nurse.opens(sheet(nurse))


def a_colleague_reads_label_and_pump(nurse, clinic, booked):
    nurse.follows("Second check")
    assert "52.5" not in nurse.reads(), "the second check is blind"
    nurse.types("Patient on the label", booked.patient.record_number)
    nurse.types("Strength on the label", "1")
    nurse.types("Rate on the pump", "52.5")
    nurse.types("Volume in the syringe", "50")
    the_second_person_signs(nurse, clinic.nurse)
    nurse.sees("There is a problem")
    assert not SecondCheck.objects.exists(), "nobody is their own second person"
    nurse.still_has("Rate on the pump", "52.5")
    the_second_person_signs(nurse, clinic.colleague)
    nurse.sees("label and pump match")
    assert SecondCheck.objects.get().checked_by == clinic.colleague


def the_second_person_signs(nurse, user):
    nurse.types("Second person, e", user.email)
    nurse.types("Second person, password", PASSWORD)
    nurse.keeps_picture("second-check-tablet")
    nurse.presses("Sign the second check")


def nothing_is_missing_and_it_starts(nurse):
    nurse.opens(f"{sheet(nurse)}start/")
    nurse.stands_at("Ready to start")
    nurse.presses("Start the infusion")
    nurse.sees("Infusion started.")


# ---- during


def a_set_of_vitals_in_a_few_keys(nurse):
    nurse.follows("Vitals", within=nurse.page.get_by_role("group", name="Record for"))
    nurse.keys_in("131", "84", "80", "97")
    nurse.fills_in({"sedation": "-1"})
    nurse.keeps_picture("keypad-tablet")
    nurse.presses("Save vitals for")
    nurse.sees("Vitals saved")


def a_figure_out_of_range_asks_and_alarms_everywhere(nurse, doctor):
    nurse.follows("Vitals", within=nurse.page.get_by_role("group", name="Record for"))
    nurse.keys_in("40")
    nurse.sees("Systolic 40 mmHg, is that right?")
    nurse.presses("Type it again")
    nurse.keys_in("255")
    nurse.sees("Systolic 255 mmHg, is that right?")
    nurse.keeps_picture("keypad-asks-tablet")
    nurse.presses("255 is right")
    doctor.sees("Alarm", seconds=12)
    nurse.opens(sheet(nurse))
    nurse.sees("I am going", "255")
    nurse.prefers("dim").reloads()
    nurse.keeps_picture("runsheet-alarm-dim-tablet")
    nurse.prefers("light").reloads()


def the_nurse_goes(nurse):
    nurse.presses("I am going")
    nurse.page.get_by_role("button", name="I am going").wait_for(state="detached")
    assert AlarmAnswered.objects.filter(answer="going").exists()


def calm_again(nurse):
    nurse.follows("Vitals", within=nurse.page.get_by_role("group", name="Record for"))
    nurse.keys_in("128", "80", "76", "98")
    nurse.fills_in({"sedation": "-1"})
    nurse.presses("Save vitals for")
    nurse.sees("Vitals saved")
    assert nurse.page.get_by_role("button", name="I am going").count() == 0


def the_patient_needs_a_break(nurse, minutes_later):
    nurse.follows("Pause, stop")
    nurse.chooses("Why", "Toilet")
    nurse.presses("Pause the infusion")
    nurse.sees("Paused")
    minutes_later(16)
    nurse.reloads()
    nurse.sees("Before it can go on", "a new baseline set is needed")
    nurse.follows("Vitals", within=nurse.page.get_by_role("group", name="Record for"))
    nurse.unfolds("More: cuff")
    nurse.ticks("This is the baseline set")
    nurse.types("Systolic", "126", exact=True)
    nurse.keys_in("80", "74", "98")
    nurse.presses("Save vitals for")
    nurse.follows("Resume, stop")
    nurse.presses("Resume the infusion")
    nurse.sees("Resumed.")


def nausea_under_the_standing_order(nurse):
    nurse.follows("Event")
    nurse.follows("Side effect")
    nurse.types("What", "nausea", exact=True)
    nurse.chooses("How bad", "Mild")
    nurse.presses("Save the side effect")
    nurse.follows("Drug, rate")
    nurse.follows("Give ondansetron")
    nurse.types("Dose given", "4")
    nurse.presses("Save: given to")
    nurse.sees("ondansetron 4 mg")


def a_slip_is_put_right(nurse):
    nurse.opens(f"{sheet(nurse)}?view=table&all=1")
    nurse.follows("Correct vitals")
    nurse.types("Heart rate", "84")
    nurse.types("Why", "Typed 74, the monitor says 84")
    nurse.presses("Save the correction")
    nurse.sees("The old value stays, struck through.")
    nurse.keeps_picture("runsheet-tablet")


def the_ordered_end(nurse):
    nurse.opens(sheet(nurse))
    nurse.follows("Pause, stop")
    nurse.follows("Stop", exact=True)
    nurse.types("Volume given, read off the pump", "35")
    nurse.chooses("Why it stops", "End of the order")
    nurse.presses("Stop the infusion")
    nurse.sees("Stopped.", "Before going home")
    assert DrugEvent.objects.filter(action="stop").exists()


# ---- after


def going_home_is_refused_with_all_that_is_missing(nurse):
    nurse.follows("Going home")
    nurse.stands_at("Going home")
    nurse.presses("Discharge")
    nurse.sees("There is a problem")
    said = nurse.reads().lower()
    for criterion in ("score", "line", "escort", "instructions"):
        assert criterion in said, criterion
    nurse.keeps_picture("discharge-missing-tablet")
    nurse.opens(sheet(nurse))


def an_observation_set(nurse):
    nurse.follows("Vitals", within=nurse.page.get_by_role("group", name="Record for"))
    nurse.keys_in("124", "78", "70", "98")
    nurse.fills_in({"oxygen": "room_air", "sedation": "0"})
    nurse.presses("Save vitals for")
    nurse.sees("Vitals saved")


def the_patient_goes_home(nurse):
    nurse.opens(sheet(nurse))
    an_observation_set(nurse)
    nurse.follows("Event")
    nurse.follows("Discharge score")
    for item in ("activity", "respiration", "circulation", "consciousness", "oxygen"):
        nurse.fills_in({item: "2"})
    nurse.fills_in({"oriented": "yes"})
    nurse.presses("Save the score")
    nurse.follows("Event")
    nurse.follows("IV line")
    nurse.chooses("What happened", "Removed")
    nurse.presses("Save the line")
    nurse.follows("Going home")
    nurse.ticks("The escort is here")
    nurse.ticks("Instructions handed over")
    nurse.keeps_picture("discharge-tablet")
    nurse.presses("Discharge")
    nurse.sees("Discharged.")
    assert InfusionSession.objects.get().phase == "ended"


def the_rest_is_wasted_before_a_witness(nurse, clinic):
    nurse.opens(sheet(nurse))
    nurse.follows("Waste of")
    nurse.types("Wasted out of", "15")
    nurse.types("Why", "Left in the syringe")
    nurse.types("Witness, e", clinic.colleague.email)
    nurse.types("Witness, password", PASSWORD)
    nurse.presses("Record the waste")
    nurse.sees("Waste recorded.")
    assert LedgerEntry.objects.filter(kind="wasted", witness=clinic.colleague).exists()


def the_prescriber_signs(doctor):
    doctor.opens(sheet(doctor))
    doctor.follows("Sign the chart")
    doctor.presses("Sign the chart of")
    doctor.sees("Review the chart first")
    doctor.ticks("I have reviewed this chart")
    doctor.presses("Sign the chart of")
    doctor.sees("Hash of the record", "Petra Prescriber")
    doctor.keeps_picture("record-tablet", whole=True)
    session = InfusionSession.objects.get()
    assert session.signed_by.name == "Petra Prescriber"
