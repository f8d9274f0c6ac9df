import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { listSources } from './testing/read-imports.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '..')
const FOLDERS = ['docs', 'lib', 'app', 'components', 'e2e', 'bench', 'samples']
const TOP = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']
const INLINE = /!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g
const HTML = /\s(?:src|srcset|href)="([^"]+)"/g
const ELSEWHERE = /^[a-z][a-z0-9+.-]*:|^\/\//i

const documents = listSources([...TOP, ...FOLDERS], ['.md'])

test.each(documents)('every relative link in %s leads somewhere', (document) => {
  const text = readFileSync(path.join(PROJECT_ROOT, document), 'utf8').replace(
    /^```[\s\S]*?^```|`[^`\n]*`/gm,
    '',
  )
  const links = [...text.matchAll(INLINE), ...text.matchAll(HTML)].map((match) => match[1] ?? '')
  const broken = links.filter((link) => !ELSEWHERE.test(link) && !leadsSomewhere(link, document, text))
  expect(broken).toEqual([])
})

function leadsSomewhere(link: string, document: string, text: string): boolean {
  const [file = '', anchor] = link.split('#')
  const target =
    file === '' ? path.join(PROJECT_ROOT, document) : path.join(PROJECT_ROOT, path.dirname(document), file)
  if (!existsSync(target)) return false
  if (anchor === undefined || !target.endsWith('.md')) return true
  return headings(file === '' ? text : readFileSync(target, 'utf8')).includes(anchor)
}

/** The anchors that GitHub makes of a document's headings. */
function headings(text: string): readonly string[] {
  return [...text.matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}
