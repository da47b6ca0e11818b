/** The style sheet of the page, and of its drawings. All text has a contrast of 4.5 or more, light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --line: #dde1e7; --grid: #e6e9ee;
  --text: #1b2027; --soft: #56606d; --code: #eef0f4; --mark: #343c47; --on-mark: #ffffff;
  --good: #17693a; --good-back: #e5f5ea; --calm: #35537e; --calm-back: #e9eff8;
  --warn: #7a4d00; --warn-back: #fdf2dc; --bad: #a8211b; --bad-back: #fdeae8;
  --release: #7d5fc4; --harm: #d2443b; --decide: #5b7391; --write: #1f6fd0; --proof: #2b9a58;
  --hold: #a06a00; --line-all: #5b7391; --line-new: #d2443b; --line-old: #1f6fd0; --limit: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #161b22; --line: #2b323c; --grid: #262d37;
    --text: #e8ebf0; --soft: #a3adba; --code: #212832; --mark: #c9d1dc; --on-mark: #12161c;
    --good: #6fd695; --good-back: #12301e; --calm: #9cc0f5; --calm-back: #182a42;
    --warn: #f0bd62; --warn-back: #38290d; --bad: #ff9089; --bad-back: #401715;
    --release: #a78bea; --harm: #f0685f; --decide: #8aa2c0; --write: #5aa3f5; --proof: #4fc27f;
    --hold: #e0ab50; --line-all: #8aa2c0; --line-new: #f0685f; --line-old: #5aa3f5; --limit: #e0ab50;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { max-width: 960px; margin: 0 auto; padding: 20px 16px 48px; }
h1, h2, h3, p, ul, ol, dl, figure, pre { margin: 0; }
h1 { font-size: 26px; line-height: 1.2; overflow-wrap: anywhere; letter-spacing: -0.01em; }
h2 { font-size: 18px; line-height: 1.3; }
h3 { font-size: 14px; margin-top: 18px; color: var(--soft); font-weight: 600; }
h3:first-letter { text-transform: uppercase; }
small { font-size: 13px; color: var(--soft); }
code, pre, .name { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
code { background: var(--code); border-radius: 4px; padding: 2px 6px; overflow-wrap: anywhere; }
pre {
  background: var(--code); border-radius: 8px; padding: 12px; margin-top: 8px;
  white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45;
}
.brand { font-weight: 700; font-size: 14px; margin-bottom: 12px; }
.brand span { font-weight: 400; color: var(--soft); margin-left: 6px; }
.when { color: var(--soft); font-size: 14px; margin-top: 6px; display: flex; flex-wrap: wrap; gap: 2px 14px; }
.name { overflow-wrap: anywhere; }
.outcome {
  display: flex; gap: 14px; margin-top: 18px; padding: 18px; border-radius: 12px;
  background: var(--back); border: 1px solid color-mix(in srgb, var(--tone) 30%, transparent);
}
.outcome > div { min-width: 0; }
.outcome h2 { color: var(--tone); font-size: 20px; }
.outcome p { margin-top: 4px; overflow-wrap: anywhere; }
.outcome .sign {
  flex: none; width: 34px; height: 34px; border-radius: 50%; background: var(--tone); color: var(--back);
  display: grid; place-items: center; font-size: 20px; font-weight: 700; line-height: 1;
}
.rolled-back { --tone: var(--good); --back: var(--good-back); }
.skipped { --tone: var(--calm); --back: var(--calm-back); }
.failed-clean { --tone: var(--warn); --back: var(--warn-back); }
.failed-dirty { --tone: var(--bad); --back: var(--bad-back); }
.route { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; margin-top: 16px; }
.route code { font-size: 15px; }
.held { margin-top: 12px; padding: 10px 14px; border-left: 3px solid var(--hold); background: var(--warn-back); border-radius: 0 8px 8px 0; }
.arrow { color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin-top: 16px; }
.figures div, section {
  background: var(--card); border: 1px solid var(--line); border-radius: 12px;
}
.figures div { padding: 12px 14px; }
.figures dt { font-size: 13px; color: var(--soft); }
.figures dt:first-letter { text-transform: uppercase; }
.figures dd { margin: 2px 0 0; font-size: 22px; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.figures small { display: block; font-weight: 400; margin-top: 2px; }
section { margin-top: 16px; padding: 18px; }
section > h2 { margin-bottom: 10px; }
section p + p, section ul + p { margin-top: 8px; }
.table + p, .table + ul { margin-top: 12px; }
section ul { padding-left: 20px; }
section li { margin-top: 6px; overflow-wrap: anywhere; }
section li:first-child { margin-top: 0; }
section p { overflow-wrap: anywhere; }
h3 + ul, h3 + pre { margin-top: 6px; }
.advice { list-style: none; counter-reset: step; padding: 0 !important; }
.advice li { counter-increment: step; position: relative; padding-left: 36px; margin-top: 12px; }
.advice li::before {
  content: counter(step); position: absolute; left: 0; top: 1px; width: 24px; height: 24px; border-radius: 50%;
  background: var(--mark); color: var(--on-mark); font-size: 13px; font-weight: 650; display: grid; place-items: center;
}
figure + figure { margin-top: 28px; }
figcaption { margin-bottom: 6px; }
figcaption span { color: var(--soft); font-size: 14px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin-top: 4px; }
.legend span::before {
  content: ""; display: inline-block; width: 22px; vertical-align: middle; margin-right: 8px; border-top: 3px solid;
}
.legend .new::before { border-color: var(--line-new); }
.legend .old::before { border-color: var(--line-old); border-top-style: dashed; }
.legend .limit::before { border-color: var(--limit); border-top-style: dashed; }
.marks {
  list-style: none; counter-reset: mark; padding: 0; margin-bottom: 14px;
  display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 4px 18px; font-size: 14px;
}
.marks li { counter-increment: mark; margin: 0; display: flex; gap: 8px; align-items: baseline; }
.marks li::before {
  content: counter(mark); flex: none; width: 18px; height: 18px; border-radius: 50%; background: var(--mark);
  color: var(--on-mark); font-size: 11px; font-weight: 700; display: grid; place-items: center; align-self: center;
}
.marks time {
  color: var(--soft); margin-left: auto; flex: none; max-width: 55%; text-align: right;
  overflow-wrap: normal; font-variant-numeric: tabular-nums;
}
.drawing svg { display: block; width: 100%; height: auto; overflow: visible; }
.drawing.narrow svg { max-width: 520px; }
.drawing.wide { display: none; }
@media (min-width: 760px) { .drawing.wide { display: block; } .drawing.narrow { display: none; } }
.plot { fill: currentColor; font: 11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.plot text { white-space: pre; paint-order: stroke; }
.plot .axis text, .plot text.axis { fill: var(--soft); }
.plot .axis { color: var(--soft); }
.plot .grid, .plot .grid line { stroke: var(--grid); stroke-opacity: 1; }
.plot .label { font-size: 12.5px; font-weight: 550; fill: var(--text); }
.plot .figure { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.plot .number { fill: var(--on-mark); font-size: 10.5px; font-weight: 700; }
.asked { border-left: 3px solid var(--line); padding-left: 12px; }
.asked small { display: block; }
.verdict { margin-top: 14px; display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; }
.verdict strong { font-size: 17px; }
.verdict span { color: var(--soft); }
ul.for li::marker { color: var(--good); }
ul.for, ul.against, .signs { list-style: none; padding-left: 0 !important; }
ul.for li, ul.against li { padding-left: 24px; position: relative; }
ul.for li::before, ul.against li::before { position: absolute; left: 2px; font-weight: 700; }
ul.for li::before { content: "+"; color: var(--good); }
ul.against li::before { content: "−"; color: var(--bad); }
.person { margin-top: 16px !important; }
.triage { background: var(--warn-back); border-radius: 8px; padding: 12px 14px; }
.triage strong { color: var(--warn); }
.triage ul { margin-top: 6px; }
.silent { margin-top: 12px; color: var(--soft); font-size: 14px; }
.changes div { padding: 8px 0; border-top: 1px solid var(--line); }
.changes div:first-child { border-top: 0; }
.changes dt { font-weight: 600; }
.changes dt:first-letter { text-transform: uppercase; }
.changes dd { margin: 2px 0 0; overflow-wrap: anywhere; font-size: 14px; }
del, ins { display: block; text-decoration: none; padding-left: 18px; position: relative; }
del { color: var(--bad); }
ins { color: var(--good); }
del::before, ins::before { position: absolute; left: 2px; font-weight: 700; }
del::before { content: "−"; }
ins::before { content: "+"; }
.signs li { display: flex; gap: 10px; }
.signs li > span { flex: none; width: 20px; text-align: center; font-weight: 700; color: var(--soft); }
.signs li > div { min-width: 0; }
.signs .healthy > span { color: var(--good); }
.signs .unhealthy > span { color: var(--bad); }
.signs .unknown > span { color: var(--warn); }
details { margin-top: 10px; }
summary { cursor: pointer; color: var(--calm); font-size: 14px; padding: 4px 0; }
summary:focus-visible, .table:focus-visible, pre:focus-visible, button:focus-visible { outline: 2px solid var(--write); outline-offset: 2px; }
.table { overflow-x: auto; margin-top: 8px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 6px; font-size: 13px; }
th, td { text-align: left; padding: 6px 14px 6px 0; border-top: 1px solid var(--line); vertical-align: top; }
tbody th { font-weight: 500; }
thead th { color: var(--soft); font-weight: 500; border-top: 0; }
td { overflow-wrap: anywhere; min-width: 72px; }
#document { max-height: 70vh; overflow: auto; }
button {
  font: inherit; font-size: 13px; color: var(--text); background: var(--card); border: 1px solid var(--line);
  border-radius: 6px; padding: 5px 12px; margin-top: 8px; cursor: pointer; min-height: 32px;
}
button[hidden] { display: none; }
@media (min-width: 760px) { main { padding-top: 36px; } h1 { font-size: 32px; } section { padding: 22px 26px; } }
@media print { .drawing.wide { display: block; } .drawing.narrow { display: none; } section { break-inside: avoid; } }
`;
