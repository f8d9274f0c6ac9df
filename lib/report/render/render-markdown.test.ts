import { marked } from 'marked'
import { expect, it } from 'vitest'
import { HOSTILE_TEXT, SAMPLE_NAMES, SAMPLE_REPORTS, type SampleName } from '../testing/sample-reports.ts'
import { markdownBlock, markdownCode, markdownText } from './markdown-text.ts'
import { renderReport } from './render-report.ts'

const render = (name: SampleName) => renderReport(SAMPLE_REPORTS[name], 'markdown')
const toHtml = (markdown: string) => marked.parse(markdown, { async: false, gfm: true })
const tagsOf = (html: string) => new Set([...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag))

it.each(SAMPLE_NAMES)('%s: the verdict comes first, and is the only heading', (name) => {
  const report = SAMPLE_REPORTS[name]
  const html = toHtml(render(name))
  const word = 'verdict' in report ? report.verdict : 'cancelled'
  expect([...html.matchAll(/<h\d/g)]).toHaveLength(1)
  expect(html.toLowerCase()).toMatch(new RegExp(`^<!-- archway-report -->\\s*<h3>. ${word}: `))
})

it.each(SAMPLE_NAMES)('%s: a row a platform, every cell in its column', (name) => {
  const html = toHtml(render(name))
  const { length } = SAMPLE_REPORTS[name].jobs
  expect([...html.matchAll(/<td/g)]).toHaveLength(length * 6)
})

it('a renderer finds no markup in foreign text', () => {
  const html = toHtml(render('hostile'))
  expect([...tagsOf(html)].sort()).toEqual([
    'code',
    'details',
    'h3',
    'li',
    'p',
    'pre',
    'strong',
    'sub',
    'summary',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
    'ul',
  ])
  expect([...html.matchAll(/<details>/g)]).toHaveLength(1)
  expect([...html.matchAll(/<\/details>/g)]).toHaveLength(1)
})

it.each([
  ['text', markdownText(HOSTILE_TEXT)],
  ['text that was cut', markdownText(HOSTILE_TEXT, 40)],
  ['code', markdownCode(HOSTILE_TEXT)],
  ['code of backticks', markdownCode('`` ` ```')],
  ['a block', markdownBlock(HOSTILE_TEXT)],
])('%s alone is inert', (_, markdown) => {
  expect([...tagsOf(toHtml(markdown))].filter((tag) => !['p', 'code', 'pre'].includes(tag ?? ''))).toEqual([])
})

it('foreign text reads as it was written', () => {
  const text = 'a_b *c* [d](e) <f> | `g` \\ & h'
  const shown = toHtml(markdownText(text))
    .replace(/<\/?p>/g, '')
    .trim()
  expect(shown).toBe('a_b *c* [d](e) &lt;f&gt; | `g` \\ &amp; h')
})

it('nobody is notified and nothing is linked', () => {
  const text = markdownText('@octocat org/repo#1 https://evil.example www.evil.example')
  expect(text.replaceAll('&#8203;', ' ')).not.toMatch(/@\w|#\d|:\/\/|www\.\w/)
})

it('an emulated pass says so', () => {
  expect(render('passed')).toContain('Both platforms passed, one of them under emulation.')
  expect(render('passed')).toMatch(/`linux\/ppc64le` \| ✓ Passed \| emulated, 1\.3 s/)
})

it('a run that looked at little says what it left out', () =>
  expect(render('leftOut')).toContain('linux/s390x was left out'))
