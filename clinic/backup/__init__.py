"""Copies of the record that outlive the server: taken, sealed, kept, carried elsewhere, tried out, restored.

A copy is sealed while it is made (the age format, to public keys: the server that makes copies cannot read them) and
never lies on a disk in clear. `shelf` is the folder they stand in, `wal` the small program PostgreSQL itself calls for
every piece of its log, `proof` the figures two databases are compared by.
"""
