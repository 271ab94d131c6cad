"""Monitor messages for the tests, written by an independent library (hl7apy), and the quirks of makers by hand."""

from hl7apy.core import Message

from clinic.interop.hl7 import stamp

BEAT, PRESSURE = "264864^MDC_DIM_BEAT_PER_MIN^MDC^/min^/min^UCUM", "266016^MDC_DIM_MMHG^MDC^mm[Hg]^mm[Hg]^UCUM"
LINES = {
    "heart_rate": ("147842^MDC_ECG_HEART_RATE^MDC^8867-4^Heart rate^LN", BEAT),
    "spo2": ("150456^MDC_PULS_OXIM_SAT_O2^MDC^59408-5^SpO2^LN", "262688^MDC_DIM_PERCENT^MDC^%^%^UCUM"),
    "systolic": ("150021^MDC_PRESS_BLD_NONINV_SYS^MDC^8480-6^Systolic^LN", PRESSURE),
    "diastolic": ("150022^MDC_PRESS_BLD_NONINV_DIA^MDC^8462-4^Diastolic^LN", "266016^MDC_DIM_MMHG^MDC"),
    "resp_rate": ("151562^MDC_RESP_RATE^MDC", "264928^MDC_DIM_RESP_PER_MIN^MDC"),
    "pulse": ("149530^MDC_PULS_OXIM_PULS_RATE^MDC", "264864^MDC_DIM_BEAT_PER_MIN^MDC"),
}  # fmt: skip
CALM = {"heart_rate": "84", "spo2": "97", "systolic": "142", "diastolic": "88"}


def written(values, at, *, number=1, unit="MON-1", bed="INF^^CHAIR1^KCLINIC", times=None, kind="ORU^R01^ORU_R01"):
    """The bytes of one report at `at` (aware), values by measure as text; `times`: measure -> its own time."""
    m = Message("ORU_R01", version="2.6")
    header = {
        "msh_3": "MONITORGW", "msh_4": "KCLINIC", "msh_5": "TIDELINE", "msh_7": stamp(at), "msh_9": kind,
        "msh_10": f"MON{number:07}", "msh_11": "P", "msh_12": "2.6",
    }  # fmt: skip
    for name, value in header.items():
        setattr(m.msh, name, value)
    result = m.add_group("ORU_R01_PATIENT_RESULT")
    visit = result.add_group("ORU_R01_PATIENT").add_group("ORU_R01_VISIT").add_segment("PV1")
    visit.pv1_2, visit.pv1_3 = "O", bed
    order = result.add_group("ORU_R01_ORDER_OBSERVATION")
    request = order.add_segment("OBR")
    request.obr_4, request.obr_7 = "182777000^monitoring of patient^SCT", stamp(at)
    for place, (measure, value) in enumerate(values.items(), 1):
        _line(order, place, measure, value, stamp((times or {}).get(measure, at)), unit)
    return m.to_er7().encode()


def _line(order, place, measure, value, at, unit):
    code, units = LINES[measure]
    obx = order.add_group("ORU_R01_OBSERVATION").add_segment("OBX")
    obx.obx_1, obx.obx_2, obx.obx_3, obx.obx_4, obx.obx_5 = str(place), "NM", code, f"1.1.1.{place}", value
    obx.obx_6, obx.obx_11, obx.obx_14, obx.obx_18 = units, "R", at, f"{unit}^MONITORGW"


def by_hand(*lines, at, number="1", head="ORU^R01", version="2.3", more="", end="\r"):
    """A report whose lines are written as they are given."""
    first = f"MSH|^~\\&|GW|BAY||| {stamp(at)}||{head}|{number}|P|{version}{more}"
    return (end.join([first, "PID|1", "PV1||I|^^BED4", f"OBR|1||||||{stamp(at)}", *lines]) + end).encode()
