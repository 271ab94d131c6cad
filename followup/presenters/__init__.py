"""What a page shows, put together from several floors before the template sees it."""
