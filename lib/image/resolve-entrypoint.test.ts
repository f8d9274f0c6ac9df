import { describe, expect, it } from 'vitest'
import { elfMatchesPlatform } from './elf-machine.ts'
import type { ImageEntry } from './image-entry.ts'
import { resolveEntrypoint, type StartCommand } from './resolve-entrypoint.ts'
import { elfShapes } from './testing/build-elf.ts'
import { file, link, memoryImage, program } from './testing/memory-image.ts'

type Entries = Readonly<Record<string, ImageEntry>>
function resolve(entries: Entries, entrypoint: readonly string[], more: Partial<StartCommand> = {}) {
  return resolveEntrypoint(memoryImage(entries), { entrypoint, cmd: [], env: [], workingDir: '', ...more })
}
async function end(entries: Entries, entrypoint: readonly string[], more: Partial<StartCommand> = {}) {
  const resolution = await resolve(entries, entrypoint, more)
  return resolution.kind === 'found' ? resolution.programs.at(-1)?.path : resolution.kind
}
const SHELL: Entries = { '/bin/sh': link('/bin/busybox'), '/bin/busybox': program() }

describe('the program is found as a runtime finds it', () => {
  it.each<[string, Entries, readonly string[], Partial<StartCommand>, string]>([
    ['an absolute path', { '/app': program() }, ['/app'], {}, '/app'],
    ['Cmd without Entrypoint', { '/app': program() }, [], { cmd: ['/app'] }, '/app'],
    ['Docker’s own PATH', { '/usr/bin/app': program() }, ['app'], {}, '/usr/bin/app'],
    [
      'the image’s PATH',
      { '/opt/bin/app': program() },
      ['app'],
      { env: ['PATH=/bin:/opt/bin'] },
      '/opt/bin/app',
    ],
    ['the last PATH set', { '/b/app': program() }, ['app'], { env: ['PATH=/a', 'PATH=/b'] }, '/b/app'],
    ['the first on PATH', { '/a/x': program(), '/b/x': program() }, ['x'], { env: ['PATH=/a:/b'] }, '/a/x'],
    [
      'not one that may not be run',
      { '/a/x': file('', 0o644), '/b/x': program() },
      ['x'],
      { env: ['PATH=/a:/b'] },
      '/b/x',
    ],
    [
      'an empty PATH entry',
      { '/srv/x': program() },
      ['x'],
      { env: ['PATH=/a:'], workingDir: '/srv' },
      '/srv/x',
    ],
    ['a path from the working directory', { '/srv/x': program() }, ['./x'], { workingDir: '/srv' }, '/srv/x'],
    [
      'a path up from it',
      { '/opt/x': program(), '/srv/data': file('') },
      ['../opt/x'],
      { workingDir: '/srv' },
      '/opt/x',
    ],
    [
      'a working directory without a slash',
      { '/srv/x': program() },
      ['./x'],
      { workingDir: 'srv/' },
      '/srv/x',
    ],
    ['an absolute link', { '/app': link('/opt/app'), '/opt/app': program() }, ['/app'], {}, '/opt/app'],
    ['a relative link', { '/bin/a': link('b'), '/bin/b': program() }, ['/bin/a'], {}, '/bin/b'],
    ['a link upwards', { '/a/b/x': link('../../opt/x'), '/opt/x': program() }, ['/a/b/x'], {}, '/opt/x'],
    [
      'a link upwards from where a linked directory really is',
      {
        '/bin': link('usr/bin'),
        '/usr/bin/x': link('../lib/x'),
        '/usr/lib/x': program(),
        '/lib/x': file('no'),
      },
      ['/bin/x'],
      {},
      '/usr/lib/x',
    ],
    [
      'above the root is the root',
      { '/x': link('../../../opt/x'), '/opt/x': program() },
      ['/x'],
      {},
      '/opt/x',
    ],
  ])('%s', async (_, entries, entrypoint, more, path) =>
    expect(await end(entries, entrypoint, more)).toBe(path),
  )
  it('with every step told', async () =>
    expect(
      await resolve({ ...SHELL, '/run': link('/opt/run.sh'), '/opt/run.sh': file('#!/bin/sh\n') }, ['/run']),
    ).toMatchObject({
      kind: 'found',
      chain: ['/run', '/opt/run.sh', '/bin/sh', '/bin/busybox'],
      programs: [{ path: '/bin/busybox', role: 'interpreter' }],
    }))
  it('with one look at each place', async () => {
    const image = memoryImage({ '/usr/bin/app': program() })
    await resolveEntrypoint(image, { entrypoint: ['app'], cmd: [], env: [], workingDir: '' })
    expect(image.asked).toEqual([
      '/usr/local/sbin/app',
      '/usr/local/bin/app',
      '/usr/sbin/app',
      '/usr/bin/app',
    ])
  })
})

describe('what is executed in the end', () => {
  const node = { '/usr/bin/env': program(), '/usr/local/bin/node': program(), ...SHELL }
  const script = (line: string) => ({ ...node, '/app': file(`${line}\n`) })
  it.each<[string, Entries, readonly string[], readonly string[], string]>([
    ['a script’s interpreter', script('#!/bin/sh -e'), ['/app'], [], '/bin/busybox'],
    ['what env finds', script('#!/usr/bin/env node'), ['/app'], [], '/usr/local/bin/node'],
    ['env -S', script('#!/usr/bin/env -S node --x'), ['/app'], [], '/usr/local/bin/node'],
    ['env with a variable', script('#!/usr/bin/env -S A=1 node'), ['/app'], [], '/usr/local/bin/node'],
    ['env as entrypoint', node, ['env', '-i', '-u', 'A', 'B=1', 'node'], [], '/usr/local/bin/node'],
    ['env -- …', node, ['env', '--', 'node'], [], '/usr/local/bin/node'],
    ['env alone', node, ['env'], [], '/usr/bin/env'],
    [
      'an init',
      { ...node, '/sbin/tini': program() },
      ['/sbin/tini', '-g', '--'],
      ['node'],
      '/usr/local/bin/node',
    ],
    [
      'another init',
      { ...node, '/bin/dumb-init': program() },
      ['dumb-init', 'node'],
      [],
      '/usr/local/bin/node',
    ],
    ['gosu', { ...node, '/bin/gosu': program() }, ['gosu', 'www', 'node'], [], '/usr/local/bin/node'],
    ['a shell’s first command', node, ['/bin/sh', '-c', 'exec node app.js'], [], '/usr/local/bin/node'],
    ['a shell’s own', node, ['/bin/sh', '-c', 'echo "$A"'], [], '/bin/busybox'],
    ['what a shell would expand', node, ['/bin/sh', '-c', '$NODE'], [], '/bin/busybox'],
    [
      'what an entrypoint script gets',
      script('#!/bin/sh'),
      ['/app'],
      ['node', 'x.js'],
      '/usr/local/bin/node',
    ],
    ['an option for the script', script('#!/bin/sh'), ['/app'], ['--help'], '/bin/busybox'],
    ['a word for the script', script('#!/bin/sh'), ['/app'], ['serve'], '/bin/busybox'],
    ['a word for a program', node, ['node'], ['env'], '/usr/local/bin/node'],
  ])('%s', async (_, entries, entrypoint, cmd, path) =>
    expect(await end(entries, entrypoint, { cmd })).toBe(path),
  )
  it('and everything before it', async () =>
    expect(await resolve(script('#!/usr/bin/env node'), ['/app'])).toMatchObject({
      chain: ['/app', '/usr/bin/env', '/usr/local/bin/node'],
      programs: [
        { path: '/usr/bin/env', role: 'interpreter' },
        { path: '/usr/local/bin/node', role: 'launched' },
      ],
    }))
  it('a foreign binary behind a right shell is seen', async () => {
    const entries = { '/bin/sh': program(elfShapes.ppc64le), '/app': program(elfShapes.amd64) }
    const resolution = await resolve(entries, ['/bin/sh', '-c', '/app --serve'])
    const power = { os: 'linux', architecture: 'ppc64le' }
    expect(
      resolution.kind === 'found' && resolution.programs.map((p) => elfMatchesPlatform(p.elf, power).kind),
    ).toEqual(['matches', 'differs'])
  })
})

describe('the loader', () => {
  const app = { '/app': program({ interpreter: '/lib64/ld64.so.2' }) }
  it('is found through links', async () => {
    const loader = program(elfShapes.ppc64le)
    const entries = {
      ...app,
      '/lib64': link('usr/lib64'),
      '/usr/lib64/ld64.so.2': link('ld-2.so'),
      '/usr/lib64/ld-2.so': loader,
    }
    expect(await resolve(entries, ['/app'])).toMatchObject({
      kind: 'found',
      programs: [{ path: '/app', loader: { path: '/lib64/ld-2.so', elf: { machine: 21 } } }],
    })
  })
  it('may be something else', async () =>
    expect(await resolve({ ...app, '/lib64/ld64.so.2': file('text') }, ['/app'])).toMatchObject({
      kind: 'found',
      programs: [{ loader: { path: '/lib64/ld64.so.2' } }],
    }))
  it.each<[string, Entries]>([
    ['is not there', app],
    ['is a link into nothing', { ...app, '/lib64/ld64.so.2': link('gone') }],
    ['may not be run', { ...app, '/lib64/ld64.so.2': file('', 0o600) }],
  ])('%s', async (_, entries) =>
    expect(await resolve(entries, ['/app'])).toMatchObject({
      kind: 'missing-loader',
      path: '/app',
      interpreter: '/lib64/ld64.so.2',
      elf: { machine: 62 },
    }),
  )
})

describe('what cannot start says why', () => {
  const endless = Object.fromEntries(
    [...'abcdefg'].map((name, i) => [`/${name}`, file(`#!/${'bcdefga'[i]}\n`)] as const),
  )
  it.each<[string, Entries, readonly string[], Record<string, unknown>]>([
    ['nothing to start', {}, [], { kind: 'no-command' }],
    ['an empty name', {}, [''], { kind: 'no-command' }],
    ['no such path', {}, ['/app'], { kind: 'not-found', command: '/app', searched: ['/app'] }],
    [
      'a link into nothing',
      { '/a': link('/b') },
      ['/a'],
      { kind: 'not-found', command: '/a', searched: ['/b'] },
    ],
    ['not on PATH', { '/app': program() }, ['app'], { kind: 'not-found', command: 'app' }],
    ['a directory', { '/app/x': program() }, ['/app'], { kind: 'not-executable', reason: 'no-file' }],
    ['a socket', { '/app': { kind: 'other' } }, ['/app'], { kind: 'not-executable', reason: 'no-file' }],
    [
      'no x bit',
      { '/app': file('', 0o644) },
      ['/app'],
      { kind: 'not-executable', reason: 'permission', path: '/app' },
    ],
    [
      'no x bit on PATH',
      { '/bin/app': file('', 0o644) },
      ['app'],
      { kind: 'not-executable', path: '/bin/app' },
    ],
    ['links in a circle', { '/a': link('/b'), '/b': link('/a') }, ['/a'], { kind: 'loop', path: '/a' }],
    ['a link to itself through “..”', { '/a/b': link('../a/b/../b') }, ['/a/b/../b'], { kind: 'loop' }],
    ['scripts in a circle', endless, ['/a'], { kind: 'loop', path: '/a' }],
    [
      'no interpreter',
      { '/app': file('#!/bin/bash\n') },
      ['/app'],
      { kind: 'missing-interpreter', path: '/app', interpreter: '/bin/bash' },
    ],
    ['DOS line ends', { ...SHELL, '/app': file('#!/bin/sh\r\n') }, ['/app'], { interpreter: '/bin/sh\r' }],
    [
      'no such command for env',
      { '/bin/env': program() },
      ['env', 'node'],
      { kind: 'not-found', command: 'node' },
    ],
    [
      'an interpreter without x bit',
      { '/app': file('#!/i\n'), '/i': file('', 0o644) },
      ['/app'],
      { kind: 'not-executable', path: '/i' },
    ],
    ['an empty file', { '/app': file('') }, ['/app'], { kind: 'not-elf', program: { kind: 'empty' } }],
    ['no “#!”', { '/app': file('echo\n') }, ['/app'], { kind: 'not-elf', program: { kind: 'text' } }],
    ['a Windows program', { '/app': file('MZ') }, ['/app'], { kind: 'not-elf', program: { kind: 'pe' } }],
    [
      'a cut-off ELF',
      { '/app': file('\x7fELF') },
      ['/app'],
      { kind: 'not-elf', program: { kind: 'broken-elf' } },
    ],
  ])('%s', async (_, entries, entrypoint, expected) =>
    expect(await resolve(entries, entrypoint)).toMatchObject(expected),
  )
  it('launchers that launch themselves come to an end', async () =>
    expect(await end({ '/bin/env': program() }, Array(50).fill('env'))).toBe('/bin/env'))
})
