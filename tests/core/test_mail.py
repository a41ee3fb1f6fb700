"""One plain message to one person."""

from flask_mailman import EmailMessage

from coprod.core import mail


def test_a_message_goes_to_one_person_with_its_words(app, monkeypatch):
    sent = []
    monkeypatch.setattr(EmailMessage, "send", lambda message: sent.append(message))
    with app.app_context():
        mail.send("ada@example.org", "Your code", "123456")
    assert [(message.to, message.subject, message.body) for message in sent] == [
        (["ada@example.org"], "Your code", "123456")
    ]
