import { expect, test } from 'vitest'
import { machineWords } from './machine-words.ts'

test.each([
  [
    { cpu: 'POWER9', emulator: 'QEMU 7.2.22 (Debian 1:7.2+dfsg-7)', pageSizeBytes: 4096 },
    'POWER9 · QEMU 7.2.22 · pages of 4\u00a0KiB',
  ],
  [{ emulator: 'QEMU' }, 'QEMU'],
  [{ cpu: 'z15', pageSizeBytes: 65_536 }, 'z15 · pages of 64\u00a0KiB'],
  [{}, ''],
])('a machine %#', (machine, words) => expect(machineWords(machine)).toBe(words))
