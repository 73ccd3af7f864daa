"""Every message that the program records or reports, in English: code to template.

A file for each part of the program. A template is a fragment that can follow a colon ("connection reset"), or a full
sentence where it tells the reader what to do; neither ends with a full stop. The codes are used with ``message(...)``;
a test holds that each code that is used has a template, with just the parameters given, and the other way round.
"""

from launcher_gui.text.catalogue import downloads, inputs, recovery, settings, sources, store

TEMPLATES: dict[str, str] = {
    "text": "{text}",
    **recovery.TEMPLATES,
    **store.TEMPLATES,
    **downloads.TEMPLATES,
    **sources.TEMPLATES,
    **inputs.TEMPLATES,
    **settings.TEMPLATES,
}
