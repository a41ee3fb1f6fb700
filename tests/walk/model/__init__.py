"""What the papers say, as plain Python that knows nothing of the application: states, who may, what follows.

Each module is one part of it: questions begin with `may_`, and what is done has the name of the deed. All of it is
written from the domain guide and from the table of moves, so that a difference is a question to one of the two.
"""
