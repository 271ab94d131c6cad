"""A migration step that makes many tables at once.

Django renders its picture of all models anew after every single operation of a migration. For a record of a hundred
tables and as many triggers that takes most of a minute, on the first start and in every test run. Inside `Together`
the picture is rendered once.
"""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Operations that need no state in between: each table is made once, whole, and no later one changes it."""

    serialization_expand_args = ["operations"]

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        """How the writer of migrations repeats it."""
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label, state):
        """Apply all to the state, which is rendered again only when somebody asks for its models."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Make what they make, in order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Take it away again, the last first; the models are those of the state that had them."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        """In words, for `migrate --plan`."""
        return f"Make {len(self.operations)} tables and triggers"
