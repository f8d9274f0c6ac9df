import { describe, expect, test } from 'vitest'
import { type Ending, ending } from './ending.ts'
import type { CpuFloor, LargePages } from './machine.ts'
import { cpuFloorText, largePagesText, machineText } from './repeat-text.ts'

const copyOf = ({ verdict, reason, evidence }: Ending) => ({ verdict, reason, evidence: { ...evidence } })
const passed = copyOf(ending('passed', 'as-expected', { exitCode: 0 }))
const died = copyOf(ending('inconclusive', 'illegal-instruction', { exitCode: 132 }))
const run = (cpu: string, more: Partial<CpuFloor['runs'][number]>) => ({
  model: cpu.toLowerCase(),
  cpu,
  ...more,
})
const POWER8 = run('POWER8', { ending: died })
const POWER9 = run('POWER9', { ending: passed })

describe('the processor it needs', () => {
  test.each([
    [
      { runs: [POWER8, POWER9], lowest: 'POWER9', needs: 'POWER9' },
      'It needs POWER9: POWER8 died of an unknown instruction; POWER9 passed.',
    ],
    [
      { runs: [run('POWER8', { ending: passed }), POWER9], lowest: 'POWER8' },
      'It needs no newer processor than POWER8: POWER8 passed; POWER9 passed.',
    ],
    [
      { runs: [run('POWER10', { ending: passed })], lowest: 'POWER10', needs: 'POWER10', fallback: 'POWER9' },
      'It needs POWER10: POWER10 passed; on POWER9, the emulator’s own choice, it died.',
    ],
    [
      { runs: [run('POWER8', { refused: 'no such model.' }), POWER9], lowest: 'POWER9' },
      'It passes on POWER9; whether on older ones is not known: POWER8 not judged (no such model); POWER9 passed.',
    ],
    [
      { runs: [run('z14', { refused: 'features lack' })], unlooked: 'not-taken' },
      'Which processor it needs was not looked at: the emulator did not become any of the processors it was told to be (“features lack”).',
    ],
    [
      { runs: [], unlooked: 'native' },
      'Which processor it needs was not looked at: it ran natively, on the one processor that is there.',
    ],
    [
      { runs: [POWER8] },
      'It passed on none of the processors that were tried: POWER8 died of an unknown instruction.',
    ],
  ] as const satisfies readonly (readonly [CpuFloor, string])[])('%#', (floor, text) =>
    expect(cpuFloorText({ ...floor, runs: [...floor.runs] })).toBe(text),
  )
})

describe('large pages', () => {
  test.each([
    [
      { ending: passed, durationMs: 5 },
      /^It passes with pages of 64 KiB\. Under emulation that does not prove/,
    ],
    [{ ending: passed }, /^It passes with pages of 64 KiB, which that kernel has\.$/],
    [{ ending: died, durationMs: 5 }, /^With pages of 64 KiB it did not pass: Died of an instruction/],
    [
      { unlooked: 'not-taken', seenBytes: 4096 },
      /not looked at: the emulator did not take them \(4 KiB\)\.$/,
    ],
    [{ unlooked: 'native', seenBytes: 4096 }, /it ran natively, and that kernel has others \(4 KiB\)\.$/],
  ] as const satisfies readonly (readonly [Partial<LargePages>, RegExp])[])('%#', (pages, text) =>
    expect(largePagesText({ wantedBytes: 65_536, ...pages })).toMatch(text),
  )
})

test.each([
  [{}, undefined],
  [{ cpu: 'POWER9', emulator: 'QEMU 7.2', pageSizeBytes: 4096 }, 'POWER9, by QEMU 7.2; pages of 4 KiB'],
  [{ emulator: 'QEMU 7.2' }, 'by QEMU 7.2'],
  [{ cpu: 'z15' }, 'z15'],
])('a machine %#', (machine, text) => expect(machineText(machine)).toBe(text))
