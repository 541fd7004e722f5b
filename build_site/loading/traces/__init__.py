"""What texts and files carry along that ought not to be published.

Owns the search: numbers by their check digits, tables of people by their heads, leftovers in office files, positions in
pictures. Gives back `Trace`s, which never hold what was found. Must not judge whether it is allowed.
"""
