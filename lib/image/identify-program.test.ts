import { describe, expect, it } from 'vitest'
import { identifyProgram } from './identify-program.ts'
import { buildElf } from './testing/build-elf.ts'

const bytes = (...values: number[]) => Buffer.from(values)
const long = 'x'.repeat(300)

describe('a script names its interpreter as Linux reads it', () => {
  it.each([
    ['#!/bin/sh\n', { interpreter: '/bin/sh' }],
    ['#!/bin/sh', { interpreter: '/bin/sh' }],
    ['#! \t/bin/sh \t\n', { interpreter: '/bin/sh' }],
    ['#!/usr/bin/env node\nx', { interpreter: '/usr/bin/env', argument: 'node' }],
    ['#!/usr/bin/env -S node --a b \n', { interpreter: '/usr/bin/env', argument: '-S node --a b' }],
    ['#!/bin/sh\r\necho\r\n', { interpreter: '/bin/sh\r' }],
    ['#!/bin/sh\0-x\n', { interpreter: '/bin/sh' }],
    ['#!sh\n', { interpreter: 'sh' }],
    [`#!/bin/sh ${long}\n`, { interpreter: '/bin/sh', argument: 'x'.repeat(246) }],
  ])('%j', (text, expected) =>
    expect(identifyProgram(Buffer.from(text))).toEqual({ kind: 'script', ...expected }),
  )
  it.each(['#!', '#!\n/bin/sh', '#!  \t \n', '#!\0\n'])('nothing: %j', (text) =>
    expect(identifyProgram(Buffer.from(text)).kind).toBe('broken-script'),
  )
  it.each([`#!/${long}\n`, `#!/${long}`])('a word longer than the kernel reads is refused', (text) =>
    expect(identifyProgram(Buffer.from(text))).toEqual({
      kind: 'broken-script',
      reason: expect.stringContaining('256'),
    }),
  )
})

it.each([
  ['ELF', buildElf(), 'elf'],
  ['ELF that is cut off', buildElf().subarray(0, 20), 'broken-elf'],
  ['Windows', Buffer.from('MZ\x90\0'), 'pe'],
  ['macOS', bytes(0xcf, 0xfa, 0xed, 0xfe, 7, 0, 0, 1), 'mach-o'],
  ['macOS, 32 bits', bytes(0xce, 0xfa, 0xed, 0xfe), 'mach-o'],
  ['macOS, universal', bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2), 'mach-o'],
  ['Java', bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61), 'java-class'],
  ['WebAssembly', bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), 'wasm'],
  ['nothing', bytes(), 'empty'],
  ['a script without “#!”', Buffer.from('echo hello\n'), 'text'],
  ['text in UTF-8', Buffer.from('Größe\n'), 'text'],
  ['something else', bytes(0, 1, 2, 3), 'data'],
  ['two bytes', bytes(0xca, 0xfe), 'text'],
])('%s', (_, head, kind) => expect(identifyProgram(head).kind).toBe(kind))
