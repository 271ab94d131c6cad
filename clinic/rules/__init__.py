"""Pure rules of the clinic floor: values in, verdict out, the clock handed in."""
