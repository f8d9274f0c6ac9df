import { marked } from 'marked'
import { expect, it } from 'vitest'
import { badgeSnippets } from './badge-snippets.ts'

const origin = 'https://archway.example'

it('leads from a picture to the history behind it', () => {
  expect(badgeSnippets(origin, { ref: 'quay.io/org/app:1.2', platform: 'linux/ppc64le' })).toEqual({
    markdown:
      '[![linux/ppc64le](https://archway.example/api/v1/badge?ref=quay.io/org/app:1.2&platform=linux/ppc64le)](https://archway.example/history?repository=quay.io/org/app&tag=1.2&platform=linux/ppc64le)',
    html: '<a href="https://archway.example/history?repository=quay.io/org/app&amp;tag=1.2&amp;platform=linux/ppc64le"><img src="https://archway.example/api/v1/badge?ref=quay.io/org/app:1.2&amp;platform=linux/ppc64le" alt="linux/ppc64le"></a>',
    url: 'https://archway.example/api/v1/badge?ref=quay.io/org/app:1.2&platform=linux/ppc64le',
    shields:
      'https://img.shields.io/endpoint?url=https%3A%2F%2Farchway.example%2Fapi%2Fv1%2Fbadge%3Fref%3Dquay.io%2Forg%2Fapp%3A1.2%26platform%3Dlinux%2Fppc64le%26format%3Dshields',
  })
})

it.each([
  'oci:/srv/a) [b](javascript/alert(1)',
  'oci:/srv/"><script>alert(1)</script>',
  "oci:/srv/' <b> `c` *d*",
])('the path %j stays within its link', (ref) => {
  const { markdown, html } = badgeSnippets(origin, { ref })
  for (const text of [marked.parseInline(markdown) as string, html]) {
    expect(text).toMatch(/^<a href="https:[^"<> ]+"><img src="https:[^"<> ]+" alt="multi-arch"><\/a>$/)
    expect(text).not.toContain('[b](')
  }
  const { searchParams } = new URL(badgeSnippets(origin, { ref }).url)
  expect(searchParams.get('ref')).toBe(ref)
})
