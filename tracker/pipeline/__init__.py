"""The order of the steps; the only room that knows it.

::

    fetch      a source, its known validators   -> a document, or unchanged             effect
    | extract  a document, the catalogue        -> statements, each with its quote      pure
    | series   all evidence of one series       -> observations, conflicts, doubts      pure
    | assess   target, series, as_of            -> assessment                           pure
    | alerting before, after                    -> alerts -> notifications, with reason pure
    | commit   all of the above, and the outbox -> one transaction                      effect
    later, by its own loop:  outbox -> channel  -> sent, again at, or dead              effect

``gather`` fetches and reads without touching the state, ``record`` puts everything that followed from
it into one transaction, ``deliver`` empties the outbox, ``reporting`` writes what stands.
"""
