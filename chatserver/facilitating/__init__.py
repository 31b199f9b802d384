"""What those who lead do with their groups: one place for each operation, with its rules.

The command line and the HTTP API call these, and so will the page. Each is a function over the store; what is wrong is `Faulty`, all of
it at once, and then nothing has changed. The store's own exceptions (`NotThere`, `AlreadyThere`, `StillOpen`, `StoreUnavailable`) pass
through. Who may ask for what is the caller's to know.
"""
