"""Views of intake: a door, a form, an action, a page."""
