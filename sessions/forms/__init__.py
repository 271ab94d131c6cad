"""Forms of the sessions floor: parse what was typed; `save` calls the action."""
