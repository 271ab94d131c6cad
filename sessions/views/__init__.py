"""Views of the sessions floor: the door, the form, the action, the page."""
