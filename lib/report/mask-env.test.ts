import { expect, it } from 'vitest'
import { maskEnv, maskEnvInText, maskedNames } from './mask-env.ts'

const ENV = {
  PATH: '/bin',
  API_KEY: 'hunter2-hunter2',
  LONGER: 'hunter2-hunter2-and-more',
  DEBUG: '1',
  EMPTY: '',
}

it('values go, names stay, harmless ones stay whole', () =>
  expect(maskEnv(ENV)).toEqual({ PATH: '/bin', API_KEY: '•••', LONGER: '•••', DEBUG: '•••', EMPTY: '' }))

it('a value that the program printed goes too, the longest first', () =>
  expect(maskEnvInText('PATH=/bin\nkey hunter2-hunter2\nhunter2-hunter2-and-more 1', ENV)).toBe(
    'PATH=/bin\nkey •••\n••• 1',
  ))

it('a value with characters of regular expressions is taken as it stands', () =>
  expect(maskEnvInText('a (.*)+$& b', { X: '(.*)+$&' })).toBe('a ••• b'))

it('says whose values go', () => expect(maskedNames(ENV)).toEqual(['API_KEY', 'LONGER', 'DEBUG']))
