"""The corridor: what one room returns is handed to the next, or to the register, here and nowhere else.

Decision: one module a step, one function a use case; an `if` about the domain belongs in a room. Storage and the model are
opened when a use case first needs them, so that a command that needs neither starts at once.
"""
