/** The style of a report in one file: light and dark by what the reader's system says, ink on paper when printed. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--page:#fafaf8;--surface:#fff;--sunken:#f3f2ef;--line:#e6e4df;--ink:#1c1b19;--muted:#65625b;
--passed:#1c7a4c;--failed:#bf2f27;--inconclusive:#855a00;--skipped:#65625b;--cancelled:#65625b}
@media (prefers-color-scheme:dark){:root{--page:#131312;--surface:#1a1a18;--sunken:#20201d;--line:#2e2d29;--ink:#edece8;
--muted:#a19d94;--passed:#5cc794;--failed:#ff7d72;--inconclusive:#e5b04d;--skipped:#a19d94;--cancelled:#a19d94}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
main,footer{max-width:72rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .5rem;font-weight:600}
h2{font-size:1.0625rem;margin:2.5rem 0 .75rem}
h3{font-size:.9375rem;margin:0 0 .5rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
p{margin:0 0 .75rem;max-width:48rem}
code,pre,.mono{font-family:ui-monospace,monospace;font-size:.8125rem}
pre{background:var(--sunken);border:1px solid var(--line);border-radius:6px;padding:.75rem;margin:.75rem 0 0;
white-space:pre-wrap;overflow-wrap:anywhere}
h1 .mono{font-size:1.25rem}.after{margin-top:1rem}tbody th{min-width:8.5rem}section.card>ul:first-child{margin-top:0}li:last-child{margin-bottom:0}
.lead{font-size:1.0625rem}.muted{color:var(--muted)}
.mark{font-weight:600;white-space:nowrap}
.passed{color:var(--passed)}.failed,.error{color:var(--failed)}.inconclusive,.warning{color:var(--inconclusive)}
.skipped,.cancelled,.info{color:var(--muted)}
.wide{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.625rem .875rem;border-top:1px solid var(--line);min-width:7rem}
thead th{border-top:0;color:var(--muted);font-weight:500;font-size:.8125rem}
tbody th{font-weight:500}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem;margin:1rem 0 0;font-size:.875rem}
dt{color:var(--muted)}dd{margin:0;min-width:0}
section.card{border:1px solid var(--line);border-radius:8px;background:var(--surface);padding:1rem 1.125rem;margin:0 0 1rem}
ul{margin:.75rem 0 0;padding:0;list-style:none}
li{margin:0 0 .75rem}li p{margin:.125rem 0 0;font-size:.875rem}
footer{border-top:1px solid var(--line);color:var(--muted);font-size:.8125rem;padding-top:1rem}
@media (max-width:40rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
@media print{:root{color-scheme:light;--page:#fff;--surface:#fff;--sunken:#fff;--line:#bbb;--ink:#000;--muted:#444;
--passed:#0b5a34;--failed:#a0140c;--inconclusive:#6b4700;--skipped:#444;--cancelled:#444}
body{font-size:10.5pt}main,footer{max-width:none;padding:0}.wide{overflow:visible}
th,td{min-width:0;padding:.375rem .5rem}section.card,tr,li{break-inside:avoid}h2,h3{break-after:avoid}
pre{break-inside:auto}section.card:has(pre){break-inside:auto}}
`
