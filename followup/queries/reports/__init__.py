"""What the clinic's reports rest on: rows of one site and one period, each report in a fixed number of queries."""
