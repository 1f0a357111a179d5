// How the open chat looks, as a constructed sheet: the strictest Content-Security-Policy allows it.
// docs/embedding.md says which colours a page may set.

export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host {
  --paper: #ffffff; --ink: #17201f; --quiet: #55625f; --line: #c9d3d0; --edge: #7a8784; --tint: #eef4f2;
  --good: #1b6b3a; --bad: #a3231a; --open: #7a5300;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #141a19; --ink: #e9efed; --quiet: #a9b6b3; --line: #35403e; --edge: #7f8d8a; --tint: #1f2827;
    --good: #7fd8a0; --bad: #ff9d94; --open: #f0c36a;
  }
}
.panel {
  max-inline-size: none; max-block-size: none; margin: 0; padding: 0;
  border: 1px solid var(--line);
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 var(--font);
  overflow-wrap: anywhere;
}
.panel[open] { display: flex; flex-direction: column; }
.panel.whole, .panel:modal { inset: 0; inline-size: 100vw; block-size: 100dvh; border: 0; border-radius: 0; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
p, h2, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--mark); }
.panel :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }

header { display: flex; align-items: center; gap: .5rem; padding: .5rem; padding-inline-start: 1rem; background: var(--accent); color: var(--on-accent); }
.titles { flex: 1; min-inline-size: 0; }
h2 { font-size: 1.05rem; line-height: 1.25; hyphens: auto; overflow-wrap: break-word; }
.titles p { font-size: .8125rem; line-height: 1.3; }
header select {
  min-block-size: 2.75rem; max-inline-size: 6.5rem; padding-inline: .5rem;
  border: 1px solid currentColor; border-radius: .5rem; background: var(--accent); color: inherit; font: inherit; font-size: .875rem;
}
.panel header :focus-visible { outline-color: var(--on-accent); outline-offset: -4px; }

.scroller { position: relative; flex: 1 1 12rem; min-block-size: 0; overflow-y: auto; padding: 1rem; scroll-padding-block: 1rem; }
.panel .scroller:focus-visible { outline-offset: -3px; }
.welcome { display: grid; gap: .75rem; }
.banner { padding: .5rem .75rem; border-inline-start: 4px solid var(--mark); background: var(--tint); }
.heading { font-weight: 600; color: var(--quiet); margin-block-end: -.35rem; }
.topics { display: grid; gap: .75rem; justify-items: start; }
.topics .topics { display: flex; flex-wrap: wrap; gap: .5rem; }
.questions, .lookups { display: grid; gap: .5rem; justify-items: stretch; inline-size: 100%; }
.chip, .choice {
  min-block-size: 2.75rem; padding: .45rem .9rem; border: 1.5px solid var(--mark); border-radius: 1.4rem;
  background: var(--paper); color: var(--mark); font: inherit; line-height: 1.3; text-align: start; cursor: pointer;
}
.choice { border-radius: .75rem; }
.chip:hover, .choice:hover, .thumb:hover { background: var(--tint); }
.chip.back { display: grid; place-items: center; padding: .45rem .75rem; }
.strong { background: var(--accent); color: var(--on-accent); }

.log > ol { display: grid; gap: .75rem; }
.log > ol:not(:empty) { margin-block-start: 1.25rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); }
.message { max-inline-size: 92%; justify-self: start; display: grid; gap: .5rem; }
.own { justify-self: end; justify-items: end; }
.bubble { display: grid; gap: .5rem; padding: .6rem .9rem; border-radius: 1rem; border-end-start-radius: .25rem; background: var(--tint); }
.own .bubble { display: block; border-radius: 1rem; border-end-end-radius: .25rem; background: var(--accent); color: var(--on-accent); }
.unsent .bubble { background: var(--paper); color: var(--ink); border: 1.5px dashed var(--edge); }
.links a { display: inline-flex; align-items: center; min-block-size: 2.75rem; font-weight: 600; }
.choices, .reasons { display: flex; flex-wrap: wrap; gap: .5rem; }
.trouble { color: var(--bad); }
.trouble, .small, .feedback, .step-detail, .banner, .heading { font-size: .875rem; }
.panel > .trouble { padding: .5rem 1rem; }

.card { margin-block: .25rem; padding: .75rem .9rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--paper); }
.card-title { font-weight: 600; margin-block-end: .5rem; }
.step { position: relative; padding-inline-start: 1.75rem; padding-block-end: .75rem; line-height: 1.35; }
.step:last-child { padding-block-end: 0; }
.step::before {
  content: ""; position: absolute; inset-block-start: .2rem; inset-inline-start: 0; z-index: 1;
  inline-size: .95rem; block-size: .95rem; border: 2px solid var(--edge); border-radius: 50%; background: var(--paper);
}
.step:not(:last-child)::after { content: ""; position: absolute; inset-block: .4rem -.3rem; inset-inline-start: calc(.475rem - 1px); border-inline-start: 2px solid var(--line); }
.step.done::before { border-color: var(--good); background: var(--good); }
.step.current::before { border-color: var(--mark); border-width: 5px; }
.step.stopped::before { border-color: var(--bad); background: var(--bad); border-radius: 2px; transform: rotate(45deg); }
.step-label { font-weight: 600; display: block; }
.step.ahead .step-label { font-weight: 400; color: var(--quiet); }
.step-detail { color: var(--quiet); }
.rules { display: grid; gap: .6rem; font-size: .9375rem; line-height: 1.4; }
.rule { display: grid; grid-template-columns: 1.5rem 1fr; gap: .5rem; }
.mark { display: grid; place-items: center; inline-size: 1.5rem; block-size: 1.5rem; border-radius: 50%; color: var(--paper); background: var(--open); font-weight: 700; }
.mark svg { inline-size: 1rem; block-size: 1rem; }
.holds .mark { background: var(--good); }
.fails .mark { background: var(--bad); }

.feedback { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .25rem; color: var(--quiet); }
.thumb svg { inline-size: 1.15rem; block-size: 1.15rem; }
.no svg { transform: rotate(.5turn); }
.thumb[aria-pressed="true"] { color: var(--mark); border-color: var(--mark); background: var(--tint); }
.reasons, .reasons .asked { inline-size: 100%; }

.typing { display: flex; gap: .3rem; inline-size: max-content; margin-block-start: .75rem; padding: .85rem .9rem; border-radius: 1rem; background: var(--tint); }
.typing i { inline-size: .5rem; block-size: .5rem; border-radius: 50%; background: var(--quiet); animation: beat 1.2s infinite ease-in-out; }
.typing i:nth-child(2) { animation-delay: .15s; }
.typing i:nth-child(3) { animation-delay: .3s; }
@keyframes beat { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

form { display: grid; grid-template-columns: 1fr auto; gap: .25rem .5rem; align-items: end; padding: .5rem 1rem .25rem; border-block-start: 1px solid var(--line); }
form label, .left, .notice { font-size: .8125rem; color: var(--quiet); }
form label { font-weight: 600; }
textarea {
  grid-column: 1; inline-size: 100%; min-block-size: 2.75rem; max-block-size: 8rem; padding: .55rem .75rem; resize: none; field-sizing: content;
  border: 1px solid var(--edge); border-radius: .75rem; background: var(--paper); color: var(--ink); font: inherit;
}
.send, .send:hover { background: var(--accent); color: var(--on-accent); border-radius: .75rem; }
[dir="rtl"] .send svg, [dir="rtl"] .back svg { transform: scaleX(-1); }
.ways { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: 0 1rem max(.25rem, env(safe-area-inset-bottom)); }
.way { display: inline-flex; align-items: center; min-block-size: 2.75rem; padding: 0; border: 0; background: none; color: var(--mark); font: inherit; font-size: .9375rem; text-decoration: underline; text-underline-offset: .2em; cursor: pointer; }
.ending { display: flex; flex-wrap: wrap; gap: .5rem; padding: .75rem 1rem; background: var(--tint); font-size: .9375rem; }
.ending p { inline-size: 100%; }

@media (max-width: 24rem) { .titles p { display: none; } h2 { font-size: .9375rem; } header select { max-inline-size: 5.75rem; } }
@media (max-height: 26rem) { .titles p { display: none; } form label { line-height: 1; } }
@media (prefers-reduced-motion: reduce) { .typing i { animation: none; opacity: .8; } }
@media (forced-colors: active) {
  .bubble, .banner, .typing { border: 1px solid; }
  .step::before { forced-color-adjust: none; }
  .thumb[aria-pressed="true"], .strong { border: 3px solid Highlight; }
  .mark { border: 1px solid; }
}
`);
