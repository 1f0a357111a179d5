// The assistant's keys, and copying the whole reply.

import { shortcuts } from "./shortcuts.js";
import { copy, press } from "./suggestions.js";

const mail = document.getElementById("mail");
const reply = document.getElementById("reply");
const copyReply = document.querySelector("[data-copy-reply]");

for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-without-script]")) element.hidden = true;

if (copyReply) {
  copyReply.hidden = false;
  copyReply.addEventListener("click", () => copy(reply.value, "The reply"));
  document.getElementById("found-title").focus();
}

mail.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  mail.form.requestSubmit();
});
for (const field of [mail, reply]) field?.addEventListener("keydown", (event) => event.key === "Escape" && field.blur());

shortcuts({
  c: () => copyReply?.click(),
  r: () => reply?.focus(),
  m: () => mail.select(),
}, press);
