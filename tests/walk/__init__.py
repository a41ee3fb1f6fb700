"""Random walks through everything a group and its steering group do, beside a plain model of it (F13)."""
