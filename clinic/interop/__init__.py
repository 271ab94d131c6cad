"""Grammar and transport of messages between machines. Knows no feature of the clinic, asks no table."""
