"""An app of the drills alone: its migrations change a table everybody uses, as a later release of the product would."""
