"""Spanish as it is written in the United States: a decimal point, as on every scale, syringe and box of medicine.

Django's own Spanish has the comma of Spain. The comma is taken when it is typed (clinic.figures), but never shown.
"""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # the calendar of a browser gives and takes only this one
