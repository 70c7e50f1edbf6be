"""The style of pages: readable text, a narrow screen, paper. Colours keep a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

from typing import Final

STYLE: Final = """
:root {
  --ink: #1a1a1a; --soft: #4a4a4a; --line: #c9d2da; --blue: #0b3c5d; --pale: #f3f6f9; --warn: #9a3200; --warnpale: #fff6f0;
}
* { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", Arial, sans-serif; color: var(--ink); background: #fff; }
body { margin: 0 auto; max-width: 66rem; padding: 1.25rem 1.25rem 3rem; overflow-wrap: break-word; }
a { color: #0b4f8a; }
a:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .25rem 0 .5rem; color: var(--blue); }
h2 { font-size: 1.3rem; margin: 2.25rem 0 .5rem; padding-top: .6rem; border-top: 2px solid var(--blue); color: var(--blue); }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
p { margin: .4rem 0; max-width: 46rem; }
ul, ol { margin: .4rem 0; padding-left: 1.3rem; }
li { margin: .25rem 0; }
p, li, td, th, dd { unicode-bidi: isolate; }
p, li, dd { overflow-wrap: anywhere; }
.date { white-space: nowrap; }
.notice {
  border: 1px solid var(--blue); border-left-width: .4rem; padding: .5rem .8rem; background: var(--pale); max-width: none;
  font-weight: 600;
}
.verdict { display: flex; gap: 1.1rem; align-items: flex-start; margin: 1.2rem 0; }
.letters { display: flex; gap: .4rem; flex: none; align-items: center; }
.letter {
  display: inline-block; min-width: 1.9em; padding: 0 .35em; text-align: center; border: 2px solid var(--blue);
  border-radius: .3rem; font-weight: 700; color: var(--blue);
}
.letters .letter { font-size: 2.6rem; line-height: 1.5; background: var(--blue); color: #fff; }
.letters .unknown { font-size: 1.3rem; line-height: 2; background: #fff; color: var(--ink); border-style: dashed; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem; margin-top: 1rem; }
.box { border: 1px solid var(--line); border-radius: .4rem; padding: .3rem 1rem .7rem; }
.box h2 { border: 0; margin: .3rem 0; padding: 0; font-size: 1.1rem; }
.warnings { border-color: var(--warn); background: var(--warnpale); }
.warnings h2 { color: var(--warn); }
.small, .meta { font-size: .9rem; color: var(--soft); }
.note { font-style: italic; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .94rem; }
caption { text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .3rem; }
th, td {
  text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word;
}
thead th { background: var(--pale); border-bottom: 2px solid var(--blue); }
tbody th { font-weight: 400; }
tr.current { background: #e9f1f8; }
tr.current th { font-weight: 700; }
tr.weak td, tr.weak th { color: var(--soft); }
.status {
  display: inline-block; border: 1.5px solid currentColor; border-radius: .25rem; padding: 0 .4em; font-size: .85rem;
  font-weight: 600; white-space: nowrap;
}
.asserted { color: #1a1a1a; }
.hypothesised { color: #00568b; border-style: dashed; }
.speculated { color: #8a2f6c; border-style: dotted; }
.unclear { color: #8a4400; border-style: dashed; }
.negated, .no-evidence { color: #595959; border-style: double; border-width: 3px; }
.path { list-style: none; padding: 0; counter-reset: step; }
.path > li {
  counter-increment: step; position: relative; border: 1px solid var(--line); border-left: .35rem solid var(--blue);
  border-radius: .3rem; padding: .5rem .8rem; margin: 0 0 1.5rem; break-inside: avoid;
}
.path > li:not(:last-child)::after {
  content: "\\2193"; position: absolute; left: 1rem; bottom: -1.65rem; color: var(--blue); font-weight: 700;
}
.path > li::before { content: counter(step) ". "; font-weight: 700; }
.path > li.weakest { border-color: var(--warn); background: var(--warnpale); }
.why { color: var(--warn); font-weight: 600; }
dl { margin: .2rem 0; font-size: .9rem; }
dl div { display: flex; gap: .4rem; }
dt { color: var(--soft); flex: none; }
dt::after { content: ":"; }
dd { margin: 0; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .95rem; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .6rem; color: var(--soft); font-size: .9rem; }
@media (max-width: 44rem) {
  body { padding: .9rem .9rem 2rem; }
  h1 { font-size: 1.5rem; }
  .verdict { flex-direction: column; gap: .5rem; }
  table, tbody, tr, th, td, caption { display: block; width: auto; }
  thead { position: absolute; left: -100vw; }
  tr { border: 1px solid var(--line); border-radius: .3rem; margin: 0 0 .8rem; padding: .25rem 0; break-inside: avoid; }
  th, td { border: 0; padding: .2rem .7rem; overflow-wrap: anywhere; }
  tbody th { font-weight: 600; }
  tbody th dl, tbody th p { font-weight: 400; }
  td::before { content: attr(data-label) ": "; color: var(--soft); font-size: .85rem; font-weight: 600; }
  td:empty { display: none; }
}
@media print {
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  h2, h3 { break-after: avoid; }
  tr, .path > li { break-inside: avoid; }
  a { color: inherit; }
  thead { display: table-header-group; }
}
"""
