import { describe, expect, it } from 'vitest'
import { renderBadge } from './render-badge.ts'
import { textWidthPx } from './text-width.ts'

const face = { label: 'linux/ppc64le', message: 'failed', color: 'red', title: 'linux/ppc64le: failed' }

describe('a badge as SVG', () => {
  it('is named, sized by its texts, and loads nothing', () => {
    const svg = renderBadge(face)
    expect(svg).toContain('role="img" aria-label="linux/ppc64le: failed"')
    expect(svg).toContain('<title>linux/ppc64le: failed</title>')
    expect(svg).not.toMatch(/href|<script|<style|url\((?!#r\))/)
    const widths = [...svg.matchAll(/<rect x="\d+" width="(\d+)"/g)].map(([, width]) => Number(width))
    expect(svg).toContain(`width="${(widths[0] ?? 0) + (widths[1] ?? 0)}" height="20"`)
  })

  it.each([
    '</title><script>alert(1)</script>',
    '" onload="alert(1)',
    "' & ]]>",
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;',
    'a\u0000b\u001b[31m\u202e\ud800\uffff',
    '\n\t',
    '',
    'x'.repeat(100_000),
  ])('hostile text %# is text', (text) => {
    const svg = renderBadge({ label: text, message: text, color: text, title: text })
    expect(svg.match(/<(?!\/?(?:svg|title|clipPath|rect|g|text)[ >/])/g)).toBeNull()
    expect(svg.match(/&(?!(?:amp|lt|gt|quot|#10|#9);)/g)).toBeNull()
    expect(svg).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u202e]/u)
    const names = [...(/<svg( [^>]*)>/.exec(svg)?.[1] ?? '').matchAll(/ ([\w-]+)="[^"]*"/g)].map(
      ([, name]) => name,
    )
    expect(names).toEqual(['xmlns', 'width', 'height', 'viewBox', 'role', 'aria-label'])
    expect(svg.length).toBeLessThan(5_000)
  })
})

it.each([
  ['', 0],
  ['i', 4],
  ['WWW', 33],
  ['linux/ppc64le', 75],
  ['漢', 11],
])('%j is %i pixels wide', (text, width) => {
  expect(Math.abs(textWidthPx(text, 11) - width)).toBeLessThanOrEqual(4)
})
