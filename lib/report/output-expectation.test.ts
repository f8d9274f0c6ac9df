import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import {
  containsText,
  fillExpectation,
  formatExpectation,
  parseOutputExpectation,
} from './output-expectation.ts'

const ARM = { os: 'linux', architecture: 'arm', variant: 'v7' }

it.each([
  ['Running on {platform}', 'Running on linux/arm/v7'],
  ['{os} and {architecture}', 'linux and arm'],
  ['{other} {}', '{other} {}'],
  ['/on {platform}$/m', '/on linux\\/arm\\/v7$/m'],
  ['/^{architecture}{2}$/u', '/^arm{2}$/u'],
  ['/a', '/a'],
  ['//', '//'],
  ['/usr/bin', '/usr/bin'],
])('%j is filled in: %j', (text, filled) =>
  expect(formatExpectation(fillExpectation(parseOutputExpectation(text), ARM))).toBe(filled),
)

it('what was parsed is written back as it was', () => {
  for (const text of ['plain', '/a|b/im', 'a\nb'])
    expect(formatExpectation(parseOutputExpectation(text))).toBe(text)
})

it.each(['', '  \n', '/(/', '/[z-a]/', '/a/ii', 'x'.repeat(10_001)])('%j is refused', (text) => {
  expect(() => parseOutputExpectation(text)).toThrow(expect.objectContaining({ code: 'request_invalid' }))
  expect(() => parseOutputExpectation(text)).toThrow(AppError)
})

describe('a text', () => {
  it.each([
    ['Process started.\nRunning', 'Process started.\r\nRunning on', true],
    ['Running on linux/ppc64le\n', 'Running on linux/ppc64le', true],
    ['running', 'Running', false],
    ['a.c', 'abc', false],
  ])('%j in %j: %j', (text, output, found) => expect(containsText(output, text)).toBe(found))
})
