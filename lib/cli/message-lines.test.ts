import { expect, it } from 'vitest'
import { parseConfig } from '#lib/config/parse-config.ts'
import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { messageLines } from './message-lines.ts'

function linesOf(yaml: string): readonly string[] {
  try {
    parseConfig(yaml, '/srv/archway.yaml', () => true)
  } catch (error) {
    return messageLines(toAppError(error))
  }
  throw new Error('it was accepted')
}

it('each of several faults has a line, which begins with its place', () =>
  expect(linesOf('require: 1\nengins: []\n')).toEqual([
    'archway: archway.yaml is not valid:',
    '/srv/archway.yaml:1:10 “require” must be a list',
    '/srv/archway.yaml:2:1 “engins” is no key here; did you mean “engines”?',
  ]))

it.each([[[]], [['a b']]])('with the faults %j it is one line', (faults) =>
  expect(messageLines(new AppError('settings_invalid', 'Not valid: a b.', { faults }))).toEqual([
    'archway: Not valid: a b.',
  ]),
)
