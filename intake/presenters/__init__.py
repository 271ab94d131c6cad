"""What the pages of intake show, put together from several objects. No query is made in a loop."""
