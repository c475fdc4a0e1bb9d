"""Files that the tests add to a copy of the checkout, as a newcomer would."""
