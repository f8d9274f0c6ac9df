import { expect, it } from 'vitest'
import { readOsRelease } from './os-release.ts'

const read = (text: string) => readOsRelease('etc/os-release', Buffer.from(text))

it.each([
  ['ID=debian\nVERSION_ID="12"\n', { id: 'debian', version: '12' }],
  [
    'NAME="UBI"\nID="rhel"\nID_LIKE="rhel fedora"\nVERSION_ID=9.4',
    { id: 'rhel', idLike: ['rhel', 'fedora'], version: '9.4' },
  ],
  ['', {}],
  ['ID=\u001b[31m\nVERSION_ID=$(x)', {}],
  ['\0\u0001\u0002', {}],
])('%j', (text, expected) => expect(read(text)).toEqual({ path: 'etc/os-release', ...expected }))
