"""What is sent to each form so that it fits, where an empty one would be asked again before anybody is refused."""

FORMS: dict[str, dict[str, str]] = {
    "actions.move_date": {"due": "1 December 2025", "reason": "The clinic is closed"},
    "cycles.move": {"name": "begun"},
    "cycles.move_item": {"name": "dropped"},
    "cycles.tick": {"person": "@member person", "how": "arrived"},
    "outcomes.add": {"name": "Days to wait", "kind": "outcome", "unit": "days", "better": "down"},
    "payments.move": {"name": "approved"},
    "pilots.move": {"name": "reviewed"},
    "pilots.stop": {"learning": "Cards get lost"},
    "programmes.move": {"name": "closed"},
    "recommendations.move": {"name": "worked up"},
    "recommendations.save": {},
    "recommendations.worry": {"name": "talked about"},
    "safeguarding.pass_on": {"to": "The duty line"},
    "stages.close": {"stage": "before"},
    "supporters.share": {"what": "AGENDA", "on": "yes"},
    "agreements.take": {"heading": "phones"},
    "assistance.answer": {"name": "paused"},
    "wellbeing.ask": {"who": "@facilitator person", "when": "next"},
    "wellbeing.tick": {"name": "rung"},
    "workstreams.answer": {"name": "joined"},
    "workstreams.confirm": {"person": "@professional person"},
    "workstreams.move": {"name": "paused"},
    "workstreams.move_stream": {"name": "paused"},
}
"""By endpoint; a value that begins with @ is the key of that thing of the world."""
