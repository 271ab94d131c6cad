"""How numbers and dates are written, by language, where ours differs from Django's."""
