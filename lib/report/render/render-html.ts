import { createHash } from 'node:crypto'
import { CHECK_INFO } from '#lib/checks/info.ts'
import type { DescribedFinding, DescribedJob, DescribedReport } from '../describe-report.ts'
import { seenTexts } from '../service-text.ts'
import { checkedOf, unjudgedOf } from '../unjudged-of.ts'
import { type Html, html } from './html-element.ts'
import { REPORT_STYLE } from './html-style.ts'
import { profileFacts } from './profile-facts.ts'
import { binariesWord, OUTCOME_SIGNS, type Outcome, outputTail, secondsText } from './report-words.ts'

const OUTPUT_LIMITS = { maxLength: 16 * 1024, maxLines: 200 }
/** Nothing is loaded, nothing runs, nothing is sent; the page's one style is known by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(REPORT_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** A report as one HTML file that needs nothing else: to send, to keep, to print. */
export function renderHtml(report: DescribedReport): string {
  const { reference, digest, verdict = 'cancelled', profile, profileOrigin } = report
  const facts: readonly (readonly [string, string])[] = [
    ['Image', report.pinned],
    [
      'Finished',
      `${report.finishedAt.slice(0, 19).replace('T', ' ')} UTC, after ${secondsText(report.durationMs)}`,
    ],
    ...profileFacts(profile, profileOrigin),
  ]
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${OUTCOME_SIGNS[verdict].word}: ${reference}</title>
${{ html: `<style>${REPORT_STYLE}</style>` }}
</head>
<body>
<main>
<h1>${mark(verdict)} <span class="mono">${reference}</span></h1>
<p class="lead">${report.headline}</p>
<dl>${facts.map(([label, text]) => html`<dt>${label}</dt><dd class="mono">${text}</dd>`)}</dl>
<h2>Platforms</h2>
${report.jobs.length === 0 ? html`<p>No platform was run.</p>` : matrix(report.jobs)}
${indexFindings(report)}
${lookedAt(report)}
<h2>Evidence</h2>
${report.jobs.map(evidence)}
<h2>How to read this</h2>
${EXPLANATION}
</main>
<footer>Report ${report.id} of Archway ${report.archway}. It is about ${digest} and stays true of it when the tag moves.</footer>
</body>
</html>
`
  return page.html
}

const EXPLANATION = html`<p>Archway looks at a container image as four witnesses tell of it: the index that clients choose by, the image’s own config, the binaries that its entrypoint comes down to, and what happened when it was run.</p>
<dl>
<dt>${mark('passed')}</dt><dd>It was run by its digest, did what was expected of it, and its entrypoint is a binary of the platform.</dd>
<dt>${mark('failed')}</dt><dd>The image is at fault.</dd>
<dt>${mark('inconclusive')}</dt><dd>The machine, the emulator or the registry is at fault; nothing is known of the image.</dd>
<dt>${mark('skipped')}</dt><dd>Nothing here could run it. It is no pass.</dd>
</dl>
<p class="muted after">Emulated means run under QEMU on a processor of another kind. That shows that the image starts and does its work; it does not show how it behaves with the page size, the speed and the instructions of a real machine. Values of environment variables are masked.</p>`

function mark(outcome: Outcome): Html {
  const { sign, word } = OUTCOME_SIGNS[outcome]
  return html`<span class="mark ${outcome}">${sign} ${word}</span>`
}

function matrix(jobs: readonly DescribedJob[]): Html {
  return html`<div class="wide" role="region" aria-label="Platforms" tabindex="0"><table>
<thead><tr><th scope="col">Platform</th><th scope="col">Verdict</th><th scope="col">Index</th><th scope="col">Config</th><th scope="col">Binaries</th><th scope="col">Execution</th></tr></thead>
<tbody>
${jobs.map(row)}</tbody>
</table></div>`
}

function row({ platform, truths, execution, ending, verdict }: DescribedJob): Html {
  const { index = '–', config, binaries } = truths
  const ran = execution
    ? html`${execution.mode}, ${secondsText(execution.durationMs)}`
    : html`<span class="muted">not run</span>`
  return html`<tr><th scope="row" class="mono">${platform}</th><td>${mark(verdict ?? 'cancelled')}</td><td class="mono">${index}</td><td>${told(config?.platform, config?.agrees)}</td><td>${told(binaries && binariesWord(binaries), binaries ? isMatch(binaries.match) : undefined)}</td><td>${executionMark(ending?.verdict ?? (verdict === undefined ? 'cancelled' : 'skipped'))}<br>${ran}</td></tr>
`
}

/** That it ran is no verdict: what ran may have been another platform’s. */
function executionMark(outcome: Outcome): Html {
  return outcome === 'passed' ? html`<span class="mark passed">✓ Ran</span>` : mark(outcome)
}

/** What a witness says, and whether it agrees with the platform; undefined agreement is not known. */
function told(text: string | undefined, agrees: boolean | undefined): Html {
  if (text === undefined) return html`<span class="muted">not looked at</span>`
  if (agrees === undefined) return html`<span class="mono">${text}</span>`
  return agrees
    ? html`<span class="passed" aria-label="agrees:">✓</span> <span class="mono">${text}</span>`
    : html`<span class="failed" aria-label="differs:">✗</span> <span class="mono">${text}</span>`
}

function isMatch(match: 'match' | 'differ' | 'unknown'): boolean | undefined {
  return match === 'unknown' ? undefined : match === 'match'
}

function indexFindings({ findings }: DescribedReport): Html {
  return findings.length === 0
    ? html``
    : html`<h2>The index</h2><section class="card">${findingList(findings)}</section>`
}

/** Which checks looked into the layers, and what they could not look at: there, no finding is no proof. */
function lookedAt(report: DescribedReport): Html {
  const checked = checkedOf(report)
  const unjudged = unjudgedOf(report)
  if (checked.length === 0 && unjudged.length === 0) return html``
  const looked =
    checked.length === 0
      ? html`<p>No check looked into the layers.</p>`
      : html`<p>Looked into the layers: <span class="mono">${checked.join(', ')}</span></p>`
  return html`<h2>What was looked at</h2><section class="card">${looked}${
    unjudged.length === 0
      ? html``
      : html`<ul>${unjudged.map(
          ({ codes, platforms, message }) =>
            html`<li><span class="mark skipped">– Not judged</span> ${platforms.join(', ')}<p>${message}</p><p class="muted mono">${codes.join(', ')}</p></li>`,
        )}</ul>`
  }</section>`
}

function evidence(job: DescribedJob): Html {
  const {
    platform,
    verdict,
    text = 'The run was cancelled before this platform was done.',
    findings,
    accepted = [],
    tests = [],
    execution,
  } = job
  return html`<section class="card"><h3><span class="mono">${platform}</span> ${mark(verdict ?? 'cancelled')}</h3>
<p>${text}</p>
${findings.length === 0 ? html`` : findingList(findings)}
${accepted.map(({ code, title, reason, expires }) => html`<p class="muted">Accepted by the policy until ${expires}: ${code} ${title}. “${reason}”</p>`)}
<dl>${jobFacts(job).map(([label, value]) => html`<dt>${label}</dt><dd class="mono">${value}</dd>`)}</dl>
${tests.length === 0 ? html`` : testList(tests)}${execution === undefined ? html`` : output(execution)}</section>
`
}

function jobFacts({
  digest,
  engine,
  execution,
  faultText,
  machineText,
  repeatTexts = [],
  truths: { binaries },
}: DescribedJob): (readonly [string, string])[] {
  const programs = binaries?.programs.map(({ path, role, elf }) => `${path}: ${role}, ${elf}`) ?? []
  return [
    ...(faultText === undefined ? [] : [['At fault', faultText] as const]),
    ...(digest === undefined ? [] : [['Digest', digest] as const]),
    ...(execution === undefined
      ? []
      : [
          ['Ran', `${execution.mode}, on ${execution.engine}, ${secondsText(execution.durationMs)}`] as const,
          ['Ended', endText(execution)] as const,
          ...seenTexts(execution.service ?? {}),
        ]),
    ...(engine === undefined
      ? []
      : [
          [
            'Machine',
            [engine.architecture, engine.kernel, machineText ?? ''].filter(Boolean).join(', '),
          ] as const,
        ]),
    ...repeatTexts.map((repeated) => ['Repeated', repeated] as const),
    ...programs.map((program) => ['Program', program] as const),
  ]
}

function endText({
  exitCode,
  timedOut,
  oomKilled,
  attempts,
  output: written,
}: NonNullable<DescribedJob['execution']>): string {
  return [
    exitCode === undefined ? (written ? 'nobody saw its end' : 'never started') : `exit code ${exitCode}`,
    ...(timedOut ? ['its time was up'] : []),
    ...(oomKilled ? ['out of memory'] : []),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ].join(', ')
}

function findingList(findings: readonly DescribedFinding[]): Html {
  return html`<ul>${findings.map(({ code, severity, title, message, platform }) => {
    const { why, fix } = CHECK_INFO[code]
    const where = platform === undefined ? html`` : html` <span class="mono">${platform}</span>`
    return html`<li><span class="mark ${severity}">${severity}</span> <b>${code} ${title}</b>${where}<p>${message}</p><p class="muted">${why} ${fix}</p></li>`
  })}</ul>`
}

function testList(tests: NonNullable<DescribedJob['tests']>): Html {
  return html`<ul>${tests.map(
    ({ name, verdict, messages }) =>
      html`<li>${mark(verdict)} ${name}${messages.map((message) => html`<p class="muted">${message}</p>`)}</li>`,
  )}</ul>`
}

function output({ output: written, outputTruncated }: NonNullable<DescribedJob['execution']>): Html {
  if (written === '') return html`<p class="muted">It wrote nothing.</p>`
  const { text, omitted } = outputTail(written.replace(/\n$/, ''), OUTPUT_LIMITS)
  const before = omitted === 0 ? '' : `… ${omitted} characters before\n`
  return html`<pre tabindex="0" aria-label="Output">${before}${text}${outputTruncated ? '\n… and more than is kept' : ''}</pre>`
}
