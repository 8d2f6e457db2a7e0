"""The one exception that means: the user can mend this."""


class T2TError(Exception):
    """A mistake or a circumstance outside the program, told in one or two sentences.

    The message says what is wrong, its likely cause and what to do. The commands print it
    without a traceback (unless ``--debug``) and exit with code 2.
    """

    # Raised within a function that TensorFlow or a layer that Keras calls, it is passed on as it
    # is; both wrap the messages of other exceptions in many lines about where they were called.
    ag_pass_through = True
    _keras_call_info_injected = True


class UnreadableError(T2TError):
    """A file, such as a picture, that nothing can be made of; the message is the reason."""


def nearest(name: str, candidates, limit: int = 3) -> list[str]:
    """The candidates most like `name`, best first (at most `limit`)."""
    import difflib

    return difflib.get_close_matches(name, list(candidates), n=limit, cutoff=0.6)


def did_you_mean(name: str, candidates) -> str:
    """`` Did you mean 'x' or 'y'?`` with a leading blank, or nothing if nothing is near."""
    found = nearest(name, candidates)
    if not found:
        return ""
    return " Did you mean " + " or ".join(repr(n) for n in found) + "?"
