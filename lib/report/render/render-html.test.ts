import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { SAMPLE_NAMES, SAMPLE_REPORTS, type SampleName } from '../testing/sample-reports.ts'
import { html } from './html-element.ts'
import { renderReport } from './render-report.ts'

const render = (name: SampleName) => renderReport(SAMPLE_REPORTS[name], 'html')
const ELEMENTS =
  'html head meta title style body main footer h1 h2 h3 p dl dt dd span b br section ul li pre div table thead tbody tr th td'

it.each(SAMPLE_NAMES)('%s: nothing but what Archway writes itself', (name) => {
  const page = render(name)
  const tags = new Set([...page.matchAll(/<(\w+)/g)].map(([, tag = '']) => tag))
  expect([...tags].filter((tag) => !ELEMENTS.split(' ').includes(tag))).toEqual([])
  expect(page).not.toMatch(/<[^>]+\s(?:on\w+|style|src|href)=/)
  expect(page).not.toContain('undefined')
})

it('loads nothing: its policy allows its own style by hash, and that alone', () => {
  const page = render('passed')
  const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/
    .exec(page)?.[1]
    ?.replaceAll('&#39;', "'")
  expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
  expect(style).not.toMatch(/url\(|@import/)
})

it('says the verdict first', () =>
  expect(render('inconclusive')).toMatch(
    /<main>\s*<h1><span class="mark inconclusive">\? Inconclusive<\/span> <span class="mono">quay\.io/,
  ))

it('says what was not looked at', () => {
  expect(render('skipped').match(/not looked at/g)).toHaveLength(2)
  expect(render('missing')).toContain('The image does not have this platform.')
})

it('a template escapes texts, and HTML goes in as it is', () =>
  expect(
    html`<p title="${'"><'}">${"a & 'b'"}${html`<b>${1}</b>`}${[html`<i>x</i>`, html`y`]}</p>`.html,
  ).toBe('<p title="&quot;&gt;&lt;">a &amp; &#39;b&#39;<b>1</b><i>x</i>y</p>'))
