"""What an answer said: the codes of a refusal, the words of a page, the derived state of a scene."""

import re

from sessions import queries


def codes(refused):
    """The codes of everything that a caught refusal lists."""
    return {item.code for item in refused.value.items}


def words(answer):
    """The words of an answered page, without its tags."""
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode()).replace("&#x27;", "'")


def state(scene, minutes):
    """The state of the scene's session so many minutes in."""
    return queries.state_of(scene.session, scene.at(minutes))
