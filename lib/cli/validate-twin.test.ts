import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { validateTwin } from '#components/run/validate-command.ts'
import { emptyOverride } from '#components/validate/overrides.ts'
import { splitWords } from '#components/validate/split-words.ts'
import { EMPTY_FORM, type FormValues, readForm, toRunRequest } from '#components/validate/validate-form.ts'
import { runRequest } from '#lib/api/runs.ts'
import { createProgram } from './program.ts'
import { defineValidate, toRequest } from './validate.ts'

const LIMITS = { nativeMs: 60_000, emulatedMs: 180_000, serviceMs: 10_000, maxMs: 3_600_000 }
const ALL = ['linux/amd64', 'linux/ppc64le', 'linux/s390x']
const TESTS = 'schemaVersion: "2.0.0"\ncommandTests: [{ name: a, command: b }]\n'
const TEXT = 'listen: 8080\n'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'archway-twin-'))
  await writeFile(path.join(folder, 'tests.yaml'), TESTS)
  await writeFile(path.join(folder, 'app.conf'), TEXT)
})
afterAll(() => rm(folder, { recursive: true }))

/** What a command line asks for; the files it names lie in the folder. */
async function asked(line: string): Promise<object> {
  const there = line
    .replaceAll('app.conf:', `${folder}/app.conf:`)
    .replace('--tests tests.yaml', `--tests ${folder}/tests.yaml`)
  const split = splitWords(there)
  if (split.kind === 'wrong') throw new Error(split.reason)
  const program = createProgram()
  const given = Promise.withResolvers<object>()
  defineValidate(program).action(async (reference, command, options) => {
    const { ref, platforms, profile, profileName } = await toRequest(reference, command, options)
    const { removeImages } = options
    given.resolve({ ref, platforms, profile, profileName, removeImages })
  })
  await program.parseAsync(split.words.slice(1), { from: 'user' })
  return given.promise
}

const ENV = [{ key: 1, name: 'A', value: "it's $HOME = x" }]
const FILES = [{ key: 1, path: '/etc/app.conf', text: TEXT }]
const everything = {
  expectOutput: '/^Running on {platform}$/m',
  timeoutSeconds: '1.5',
  entrypoint: "/bin/sh -c ''",
  command: "'echo hello' --flag -- x",
  env: ENV,
  files: FILES,
  memoryMiB: '128',
  pids: '9',
}

describe('the command line of the form asks for what its request asks for', () => {
  test.each<[string, Partial<FormValues>]>([
    ['when nothing special is', {}],
    ['in every field', { ...everything, expectExitCode: '3', network: true, cpuFloor: true, pages64k: true }],
    ['with tests, a profile and cleaning up', { tests: TESTS, profileName: 'smoke', removeImages: true }],
    ['of a service', { isService: true, port: '8080', path: '/up?a=1&b', health: true, serviceSeconds: '5' }],
    [
      'of single platforms in every field',
      {
        timeoutSeconds: '9',
        network: true,
        overrides: [
          { ...emptyOverride('linux/ppc64le'), ...everything, expectExitCode: '3', network: 'off' },
          { ...emptyOverride('linux/s390x'), isService: true, port: '80', health: true, network: 'on' },
          emptyOverride('linux/amd64'),
        ],
      },
    ],
    [
      'of a command that looks like options',
      {
        command: '--timeout 3',
        overrides: [{ ...emptyOverride('linux/s390x'), command: "--on a:b '' -- =" }],
      },
    ],
  ])('%s', async (_, values) => {
    const whole = { ...EMPTY_FORM, ...values }
    const { profile, problems } = readForm(whole, LIMITS, ALL)
    expect(problems).toEqual({})
    const request = toRunRequest('quay.io/power/app:1', { all: ALL, chosen: ALL.slice(1) }, profile, whole)
    const body = toRunRequest('quay.io/power/app:1', { all: ALL, chosen: ALL }, profile, whole)
    for (const each of [request, body]) {
      expect(runRequest.parse(each)).toEqual(each)
      expect(await asked(validateTwin(each).cli ?? '')).toEqual({
        platforms: undefined,
        profileName: undefined,
        removeImages: undefined,
        profile: {},
        ...each,
      })
    }
  })
})
