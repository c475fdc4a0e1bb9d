"""Vector tiles: the cell pyramid, simplified copies, and the one statement that makes a tile."""
