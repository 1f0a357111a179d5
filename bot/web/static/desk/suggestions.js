// Suggested answers on a page of the desk: put them into the reply word for word, take them out again, copy them.

const page = document.querySelector("[data-suggestions]");
const reply = document.querySelector("textarea[data-takes-answers]");

/** Tells what was done, to eyes and to screen readers. */
export function tell(words) {
  const told = document.querySelector("[data-told]");
  if (told) told.textContent = words;
}

/** Puts a text on the clipboard; where the browser does not let us, by selecting it, which is how it was done before. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyBySelection(text)) return tell("The browser does not allow copying here. Select the text and copy it yourself.");
  }
  tell(`${what} is copied.`);
}

function copyBySelection(text) {
  const focused = document.activeElement;
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.className = "unseen";
  holder.setAttribute("aria-hidden", "true");
  (document.querySelector("dialog[open]") ?? document.body).append(holder);
  holder.select();
  const copied = document.execCommand("copy");
  holder.remove();
  focused?.focus();
  return copied;
}

/** Puts an answer into the reply, in the order of the mail, with what has to be said beside it. */
function putIn(suggested) {
  const { words, notes, isForeign } = suggested.dataset;
  const { inEnglish = "" } = reply.dataset;
  if (reply.value.includes(words)) return;
  const parts = [words];
  if (isForeign !== undefined && inEnglish && !reply.value.includes(inEnglish)) parts.unshift(inEnglish);
  if (notes && !reply.value.includes(notes)) parts.push(notes);
  const place = placeOf(suggested);
  const before = reply.value.slice(0, place).trimEnd();
  const after = reply.value.slice(place);
  reply.value = [before, ...parts, after].filter(Boolean).join("\n\n");
}

/** Before the next answer of the page that is in the reply; else before the sign-off, or at the end. */
function placeOf(suggested) {
  const all = [...page.querySelectorAll("[data-suggested]")];
  const later = all.slice(all.indexOf(suggested) + 1).map((other) => reply.value.indexOf(other.dataset.words));
  const next = later.find((place) => place >= 0);
  if (next !== undefined) return next;
  const { signOff } = reply.dataset;
  return signOff && reply.value.includes(signOff) ? reply.value.lastIndexOf(signOff) : reply.value.length;
}

/** Takes an answer out, if its words stand there as they were put in; its notes go with the last answer that has them. */
function takeOut(suggested) {
  const { words, notes } = suggested.dataset;
  reply.value = without(reply.value, words);
  const others = [...page.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.closest("[data-suggested]"));
  if (notes && !others.some((other) => other.dataset.notes === notes)) reply.value = without(reply.value, notes);
  const { inEnglish } = reply.dataset;
  if (inEnglish && !others.some((other) => other.dataset.isForeign !== undefined)) reply.value = without(reply.value, inEnglish);
}

function without(text, part) {
  const place = text.indexOf(part);
  if (place < 0) return text;
  const before = text.slice(0, place).trimEnd();
  const after = text.slice(place + part.length).trimStart();
  return [before, after].filter(Boolean).join("\n\n");
}

function change(box) {
  const suggested = box.closest("[data-suggested]");
  const same = page.querySelectorAll(`[data-suggested="${CSS.escape(suggested.dataset.suggested)}"] input[type=checkbox]`);
  for (const other of same) other.checked = box.checked;
  if (box.checked) putIn(suggested);
  else takeOut(suggested);
  reply.dispatchEvent(new Event("input", { bubbles: true }));
  tell(box.checked ? "The answer is in the reply." : "The answer is out of the reply.");
}

/** What a digit does; false where there is nothing it could do. */
export function press(digit, wantsCopy) {
  if (!page) return false;
  const control = page.querySelector(`${wantsCopy ? "button" : "input"}[data-key="${digit}"]`);
  if (!control || control.closest("[hidden]")) return tell(`There is no answer ${digit}.`) ?? true;
  const folded = control.closest("details:not([open])");
  if (folded) folded.open = true;
  control.click();
  return true;
}

for (const button of page?.querySelectorAll("[data-copy]") ?? []) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button.closest("[data-suggested]").dataset.words, "The answer"));
}
if (reply) {
  for (const box of page?.querySelectorAll(".in-reply input") ?? []) {
    box.closest(".in-reply").hidden = false;
    box.addEventListener("change", () => change(box));
  }
}
