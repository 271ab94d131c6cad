"""Pure rules of an infusion: values in, verdict out, the clock passed in; nothing here queries or writes."""
