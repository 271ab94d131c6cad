"""Reading across floors: what a page or a rule needs, in a fixed number of queries."""
