"""Redaction of the JSON of a result, including an edited one."""

from iop_fit.storage.saved_result import redact


def test_redact_removes_hidden_ids_everywhere() -> None:
    data: dict[str, object] = {
        "answers": {"home-safe": "hurt", "sleep": "good"},
        "alerts": [{"id": "safety"}, {"id": "see-a-doctor"}],
        "fired": [{"id": "hurt-at-home", "raises": "safety"}, {"id": "sleepless", "raises": "more"}],
        "contradictions": [{"id": "a", "questions": ["home-safe"]}, {"id": "b", "questions": ["sleep", "pay"]}],
        "skipped": ["home-safe", "pay"],
        "private": True,
        "title": "safety",
    }
    assert redact(data, frozenset({"home-safe", "safety"})) == {
        "answers": {"sleep": "good"},
        "alerts": [{"id": "see-a-doctor"}],
        "fired": [{"id": "sleepless", "raises": "more"}],
        "contradictions": [{"id": "b", "questions": ["sleep", "pay"]}],
        "skipped": ["pay"],
        "private": True,
        "title": "safety",
    }
