"""Floor 2: bytes to model.

Owns reading, decoding, parsing and assembling; returns what is wrong as faults and never raises on content.
Must not know templates, rules or the network.
"""
