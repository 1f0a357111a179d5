// While a proposal is tried, says how that goes; when it is over, shows what came out.

const SECONDS = 2;
const part = document.querySelector("[data-try]");

if (part && !["done", "failed"].includes(part.dataset.state)) {
  setTimeout(look, SECONDS * 1000);
}

async function look() {
  try {
    const answer = await fetch(part.dataset.try, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { words, is_over: isOver } = await answer.json();
    if (isOver) return show();
    say(words);
  } catch {
    say("It cannot be seen at the moment how it goes; this page keeps asking.");
  }
  setTimeout(look, SECONDS * 1000);
}

/** A screen reader reads a status whenever it changes: only then is it written. */
function say(words) {
  const status = part.querySelector("[role=status]");
  if (status.textContent !== words) status.textContent = words;
}

/** The whole page anew, at the place where the result stands. */
function show() {
  history.replaceState(null, "", "#try");
  location.reload();
}
