import { expect, it } from 'vitest'
import { checkedOf, unjudgedOf } from './unjudged-of.ts'

const gap = (platform: string, codes: readonly string[]) => ({
  codes: [...codes],
  platforms: [platform],
  reason: 'layer-not-read' as const,
})

it('what platforms share for one reason is told once', () => {
  const jobs = [
    { unjudged: [gap('a', ['X', 'Y'])] },
    { unjudged: [gap('b', ['Y', 'X']), gap('b', ['Z'])] },
    {},
  ]
  expect(unjudgedOf({ jobs })).toMatchObject([
    { codes: ['X', 'Y'], platforms: ['a', 'b'] },
    { codes: ['Z'], platforms: ['b'] },
  ])
})

it('checks that looked, each once', () =>
  expect(checkedOf({ checked: ['B'], jobs: [{ checked: ['A', 'B'] }, {}] })).toEqual(['A', 'B']))
