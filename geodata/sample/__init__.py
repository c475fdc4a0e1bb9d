"""示例县: an invented county, complete enough to show every part of the map."""
