"""Lemmas: a table of seen words first, else an edit script that the model chose."""


def script_of(form: str, lemma: str) -> str:
    """The script that turns a form into its lemma: case of the result, letters to drop at the end, letters to add.

    `l|3|y` drops three letters and adds "y", in lower case; `k` keeps the form's own case, `c` and `u` capitalise.
    """
    lower_form, lower_lemma = form.lower(), lemma.lower()
    shared = 0
    while shared < min(len(lower_form), len(lower_lemma)) and lower_form[shared] == lower_lemma[shared]:
        shared += 1
    if lemma == lower_lemma:
        case = "l"
    elif lemma[:1].isupper() and lemma[1:] == lower_lemma[1:]:
        case = "c"
    elif lemma == lemma.upper():
        case = "u"
    else:
        case = "k"
    return f"{case}|{len(lower_form) - shared}|{lower_lemma[shared:]}"


def apply_script(form: str, script: str) -> str:
    """The lemma that a script makes of a form; a script too long for the form leaves the form, in lower case."""
    case, dropped, added = script.split("|", 2)
    lower_form = form.lower()
    kept = len(lower_form) - int(dropped)
    if kept < 0:
        return lower_form
    if case == "k":
        return form[:kept] + added
    lemma = lower_form[:kept] + added
    return {"l": lemma, "c": lemma[:1].upper() + lemma[1:], "u": lemma.upper()}[case]
