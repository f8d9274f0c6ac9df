import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { tagStories } from '#e2e/lab/checks/tag-stories.ts'
import { wrongImages } from '#e2e/lab/checks/wrong-images.ts'
import { wrongLayers } from '#e2e/lab/checks/wrong-layers.ts'
import { CHECK_INFO, type CheckCode } from '#lib/checks/info.ts'
import { ENDING_REASONS, type EndingReason } from '#lib/report/ending.ts'
import { startCases } from './start-cases.ts'
import { truthTable } from './truth-table-cases.ts'
import { verdictCases } from './verdict-cases.ts'

/** A test outside the tables that gets something through the real path: its file here, and its name. */
type Elsewhere = readonly [file: string, name: string]

/** What no single image brings about, or what is told by more than a table can hold. */
const ELSEWHERE: Readonly<Partial<Record<CheckCode | EndingReason, Elsewhere>>> = {
  'COV-001': ['verdicts', 'that the image does not have failed'],
  'GO-001': ['layer-checks', 'GO-001, and nothing in what Go really builds for the platform'],
  'port-silent': ['services', 'that never listens is silent'],
  unhealthy: ['services', 'that fails is told with its last words'],
  'no-health-check': ['services', 'that it does not have cannot pass'],
  'output-truncated': ['verdicts', 'floods: a gigabyte is cut off, and told'],
  'pattern-too-slow': ['verdicts', 'is looked through with a pattern that never ends'],
  'not-in-index': ['verdicts', 'that the image does not have failed'],
  'not-in-registry': ['verdicts', 'an image that the index lists and the registry lacks'],
  'broken-image': ['verdicts', 'a layer of other bytes, which the engine meets'],
  'pull-failed': ['verdicts', 'a layer that breaks off in the middle'],
  'engine-failed': [
    'runs-engines',
    'its job is inconclusive, the other goes on; it is swept when it is back',
  ],
  interrupted: ['runs-kill', 'over and over in the same job: it is given up, and said so'],
  'no-result': ['remote-results', 'waits no longer than it was told'],
  'no-engine': ['verdicts', 'that nothing runs is skipped, with the reason'],
  'not-offered': ['verdicts', 'whose emulator the engine lacks is skipped, its binaries seen all the same'],
}

/** What no image brings about on an honest engine: guards, proven with a fake one beside the code. */
const BY_NO_IMAGE: Readonly<Partial<Record<EndingReason, string>>> = {
  'other-image': 'an engine that hands out another image than it was told to pull',
  'binaries-unknown':
    'a platform of which Archway knows no binaries is not offered to an engine in the first place',
}

/** Every word that the tables of images say has to be told: codes and reasons. */
const inTables = new Set(
  [
    ...[...verdictCases, ...startCases].flatMap(({ native, emulated }) => [native.told, emulated.told]),
    ...truthTable.flatMap(({ told }) => told),
    ...Object.values(wrongImages).flatMap(({ finds }) => finds),
    ...Object.values(wrongLayers).flatMap(({ finds }) => finds),
    ...Object.values(tagStories()).flatMap(({ tags }) => tags.flatMap(({ finds }) => finds)),
  ].flatMap((words) => words.split(' ')),
)

/** The text of a test, up to the next one. */
function testText([file, name]: Elsewhere): string {
  const text = readFileSync(path.join(import.meta.dirname, `${file}.test.ts`), 'utf8')
  const from = text.indexOf(`'${name}`)
  if (from < 0) return ''
  const rest = text.slice(from)
  return rest.slice(0, rest.search(/\n {2,4}(?:test|it)[.(]|$(?![\s\S])/))
}

const isShown = (word: CheckCode | EndingReason): boolean => {
  const elsewhere = ELSEWHERE[word]
  return inTables.has(word) || (elsewhere !== undefined && testText(elsewhere).includes(word))
}

describe('the laboratory has an image for', () => {
  test.each(Object.keys(CHECK_INFO) as CheckCode[])('%s', (code) => expect(isShown(code)).toBe(true))
  test.each(ENDING_REASONS.filter((reason) => !(reason in BY_NO_IMAGE)))('%s', (reason) =>
    expect(isShown(reason)).toBe(true),
  )
  test('nothing that is named twice, or that an image has come to bring about', () => {
    const named = [...Object.keys(ELSEWHERE), ...Object.keys(BY_NO_IMAGE)]
    expect(named.filter((word) => inTables.has(word))).toEqual([])
  })
})
