// What the chat asks of the desk: one function for each request, and one kind of error.

import { isInFrame } from "./elements.js";

const PATIENCE = 20_000;
const headers = { "Content-Type": "application/json", ...(isInFrame && { "X-Chat-In-Frame": "1" }) };

/** The desk has refused a request, or could not be reached; `words` is what to tell the customer, if the desk said it. */
class Trouble extends Error {
  constructor(status, words) {
    super(`status ${status}`);
    this.words = words;
    this.isLost = status === 0;
    this.canBeSentAgain = status === 0 || status === 429 || status >= 500;
  }
}

export const words = (language) => get(`/api/chat/interface?lang=${encodeURIComponent(language)}`);

/** What was said; a message that was sent under one of the keys carries it. */
export const history = async (keys) => (await get(`/api/chat/history?keys=${keys}`)).messages;

export const say = async (turn) => (await post("/api/chat", turn)).messages;

export const rate = (id, helpful, reason = "") => post("/api/feedback", { message_id: id, helpful, reason });

export const end = () => post("/api/chat/end", {});

const get = (path) => ask(path, { headers });

const post = (path, body) => ask(path, { method: "POST", headers, body: JSON.stringify(body) });

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Trouble(0);
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok || body === null) throw new Trouble(answer.ok ? 0 : answer.status, body?.error?.message);
  return body;
}
