"""What a page needs, read in few queries and put in the order it is shown."""
