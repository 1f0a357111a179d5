"""Puts the agents' desk together: what the gateway needs beside the customers' pages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine

from bot.adapters.chatwoot_http import ChatwootHelpDesk
from bot.adapters.clock import SystemClock
from bot.adapters.content_drafts import ContentFolder
from bot.adapters.file_store import FolderStore
from bot.adapters.passwords import Argon2Passwords
from bot.adapters.second_factor import AppCodes
from bot.adapters.sql.agent_sessions import SqlAgentSessions, SqlSignInAttempts, SqlSignInLinks
from bot.adapters.sql.agents import SqlAgents
from bot.adapters.sql.api_keys import SqlApiKeys
from bot.adapters.sql.asked_questions import SqlAskedQuestions
from bot.adapters.sql.audit import SqlAudit
from bot.adapters.sql.claim_search import SqlClaimSearch
from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.dismissals import SqlDismissals
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.insights import SqlMeasures
from bot.adapters.sql.products import SqlProducts
from bot.adapters.sql.proposals import SqlProposals
from bot.adapters.sql.taken_messages import SqlTakenMessages
from bot.adapters.sql.ticket_events import SqlQueueNews
from bot.adapters.sql.ticket_queue import SqlQueue
from bot.adapters.sql.ticket_work import SqlTicketWork
from bot.adapters.sql.tries import SqlTries
from bot.adapters.try_process import ProcessTryRunner
from bot.bootstrap_content import Content
from bot.config import ROOT, Settings
from bot.core.ticket_deadlines import Deadlines
from bot.services.answer_help_desk import HelpDeskBot
from bot.services.claims_desk import ClaimsDesk
from bot.services.compose_answer import AnswerComposer
from bot.services.console import Console
from bot.services.find_gaps import GapDesk
from bot.services.manage_api_keys import KeyDesk
from bot.services.measure_desk import InsightDesk
from bot.services.ports import Bot
from bot.services.prefill_ticket import topics
from bot.services.queue_desk import QueueDesk
from bot.services.sign_in import AccessDesk
from bot.services.suggest_answers import AssistDesk
from bot.services.try_proposal import settle_end


def console(settings: Settings, desk: Engine, claims: Engine, own: Content, bot: Bot) -> Console:
    """The agents' desk on the desk database; the claims database is read only, and ``bot`` understands questions."""
    assist = AssistDesk(bot, own.faq, own.promotion, own.wording, own.clock)
    access, audit = access_desk(settings, desk), SqlAudit(desk)
    return Console(
        access=access,
        audit=audit,
        claims=_claims_desk(claims, own, audit),
        queue=_queue_desk(settings, desk, own, access, audit),
        gaps=gap_desk(settings, own.promotion.key, desk),
        insights=InsightDesk(SqlMeasures(desk), own.faq, own.promotion, own.clock),
        assist=assist,
        keys=KeyDesk(SqlApiKeys(desk, settings.secret), SystemClock(ZoneInfo("UTC"))),
        help_desk=_help_desk(settings, desk, assist),
    )


def _queue_desk(settings: Settings, desk: Engine, own: Content, access: AccessDesk, audit: SqlAudit) -> QueueDesk:
    """The ticket queue; tickets age by the day that the desk acts on."""
    key = own.promotion.key
    return QueueDesk(
        queue=SqlQueue(desk, key),
        work=SqlTicketWork(desk, key),
        news=SqlQueueNews(desk, key),
        files=FolderStore(settings.uploads),
        composer=AnswerComposer(own.wording, own.promotion, settings.support_inbox, settings.mail_from),
        audit=audit,
        clock=own.clock,
        deadlines=Deadlines(settings.answer_within, settings.close_after),
        topics=topics(own.faq, own.wording),
        team=lambda: [agent for agent in access.agents.all() if not agent.is_disabled],
    )


def _claims_desk(claims: Engine, own: Content, audit: SqlAudit) -> ClaimsDesk:
    key = own.promotion.key
    return ClaimsDesk(
        claims=SqlClaims(claims, key),
        search=SqlClaimSearch(claims, key),
        products=SqlProducts(claims, key),
        audit=audit,
        promotion=own.promotion,
        wording=own.wording,
        clock=own.clock,
    )


def _help_desk(settings: Settings, desk: Engine, assist: AssistDesk) -> HelpDeskBot | None:
    """The bot of another help desk, if the settings name one."""
    if not settings.chatwoot_url:
        return None
    chatwoot = ChatwootHelpDesk(settings.chatwoot_url, settings.chatwoot_token)
    return HelpDeskBot(
        chatwoot, SqlTakenMessages(desk), assist, SystemClock(ZoneInfo("UTC")), secret=settings.chatwoot_secret
    )


def access_desk(settings: Settings, desk: Engine | None = None) -> AccessDesk:
    """Who may sign in. Sessions and links age by the real time, whatever day the desk acts on."""
    engine = make_engine(settings.database_url) if desk is None else desk
    return AccessDesk(
        agents=SqlAgents(engine),
        sessions=SqlAgentSessions(engine, settings.secret),
        links=SqlSignInLinks(engine, settings.secret),
        attempts=SqlSignInAttempts(engine, settings.secret),
        passwords=Argon2Passwords(),
        codes=AppCodes(settings.secret),
        clock=SystemClock(ZoneInfo("UTC")),
    )


def gap_desk(settings: Settings, promotion: str, desk: Engine | None = None) -> GapDesk:
    """What learning from gaps works with. Tries age by the real time, as everything does that a process has to live through."""
    engine = make_engine(settings.database_url) if desk is None else desk
    made = GapDesk(
        asked=SqlAskedQuestions(engine),
        dismissals=SqlDismissals(engine),
        proposals=SqlProposals(engine),
        tries=SqlTries(engine, promotion),
        content=ContentFolder(settings.content),
        runner=ProcessTryRunner(ROOT, settings.logs / "tries.log", lambda proposal, _: settle_end(made, proposal)),
        clock=SystemClock(ZoneInfo("UTC")),
    )
    return made
