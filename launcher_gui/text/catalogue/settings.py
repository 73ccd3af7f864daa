"""What is wrong with settings, what is allowed, and when downloads run."""

TEMPLATES: dict[str, str] = {
    # the schedule
    "schedule.closed": "waiting until {until}: downloads run {hours}",
    "schedule.range": "from {start} to {end}",
    "schedule.ranges": "{first} and {second}",
    "schedule.monday": "Monday {clock}",
    "schedule.tuesday": "Tuesday {clock}",
    "schedule.wednesday": "Wednesday {clock}",
    "schedule.thursday": "Thursday {clock}",
    "schedule.friday": "Friday {clock}",
    "schedule.saturday": "Saturday {clock}",
    "schedule.sunday": "Sunday {clock}",
    "schedule.not_a_time": 'contains "{text}", which is not a time of day',
    "schedule.empty_range": "contains {text}, which ends when it starts",
    "schedule.not_a_clock_time": "contains {text}, which is not a time",
    "schedule.not_a_day": "contains {text}, which is not a day (Mon, Tue, Wed, Thu, Fri, Sat, Sun)",
}
