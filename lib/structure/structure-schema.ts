import { z } from 'zod'
import { readGoPattern } from './pattern.ts'
import type { ExpectedValue, WrittenPattern } from './structure-tests.ts'

const MAX_TESTS = 200
const MAX_ENTRIES = 100

const text = z.string().max(10_000, 'must not be longer than 10,000 characters')
const name = text.min(1, 'must not be empty')
const words = z.array(text).max(MAX_ENTRIES, `must not have more than ${MAX_ENTRIES} entries`)
const path = name.regex(/^\//, 'must be an absolute path').regex(/^[^\0]*$/, 'must not hold a NUL character')
/** YAML reads `value: 1` as a number; people mean the text. */
const scalar = z.union([text, z.number(), z.boolean()]).transform(String)

const pattern = text.transform((written, context): WrittenPattern => {
  const read = readGoPattern(written)
  if (typeof read !== 'string') return { text: written, pattern: read }
  context.addIssue({ code: 'custom', message: `is no pattern that can be used: ${read}` })
  return z.NEVER
})
const patterns = z
  .array(pattern)
  .max(MAX_ENTRIES, `must not have more than ${MAX_ENTRIES} entries`)
  .nullish()
  .transform((list) => list ?? [])

const variable = z.strictObject({ key: name.regex(/^[^=\0]+$/, 'must not hold “=”'), value: scalar })

const expectedValue = z
  .strictObject({ key: name, value: scalar, isRegex: z.boolean().optional() })
  .transform(({ key, value, isRegex }, context): ExpectedValue => {
    if (!isRegex) return { key, value }
    const read = readGoPattern(value)
    if (typeof read !== 'string') return { key, value, pattern: read }
    context.addIssue({
      code: 'custom',
      message: `is no pattern that can be used: ${read}`,
      path: ['value'],
    })
    return z.NEVER
  })

const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .max(MAX_TESTS, `must not have more than ${MAX_TESTS} entries`)
    .nullish()
    .transform((all) => all ?? [])
const steps = list(words.min(1, 'must name a command'))

const commandTest = z.strictObject({
  name,
  setup: steps,
  teardown: steps,
  command: name,
  args: words.nullish().transform((args) => args ?? []),
  envVars: list(variable),
  exitCode: z.number().int().min(0).max(255).default(0),
  expectedOutput: patterns,
  excludedOutput: patterns,
  expectedError: patterns,
  excludedError: patterns,
})

const fileExistenceTest = z.strictObject({
  name,
  path,
  shouldExist: z.boolean().default(true),
  permissions: z
    .string()
    .regex(/^[-a-zA-Z]{1,5}[-rwxsStT]{9}$/, 'must be as ls -l writes them: -rwxr-xr-x')
    .optional(),
  uid: z.number().int().min(0).optional(),
  gid: z.number().int().min(0).optional(),
  isExecutableBy: z.enum(['owner', 'group', 'other', 'any'], 'must be owner, group, other or any').optional(),
})

const fileContentTest = z.strictObject({
  name,
  path,
  expectedContents: patterns,
  excludedContents: patterns,
})

const metadataTest = z.strictObject({
  env: list(expectedValue),
  envVars: list(expectedValue),
  unboundEnvVars: list(z.strictObject({ key: name })),
  labels: list(expectedValue),
  exposedPorts: list(scalar),
  unexposedPorts: list(scalar),
  volumes: list(text),
  unmountedVolumes: list(text),
  entrypoint: words.optional(),
  cmd: words.optional(),
  workdir: text.optional(),
  user: scalar.optional(),
})

/** A container-structure-test file, schema 2.0.0; messages continue the place they are about. */
export const structureSchema = z.strictObject({
  schemaVersion: z.literal(['2.0.0', 2], 'must be "2.0.0", the only version that is understood'),
  globalEnvVars: list(variable),
  commandTests: list(commandTest),
  fileExistenceTests: list(fileExistenceTest),
  fileContentTests: list(fileContentTest),
  metadataTest: metadataTest.optional(),
})

/** The keys of each part, for whoever explains an unknown one; the empty name is the top. */
export const STRUCTURE_KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(structureSchema.shape),
  commandTests: Object.keys(commandTest.shape),
  fileExistenceTests: Object.keys(fileExistenceTest.shape),
  fileContentTests: Object.keys(fileContentTest.shape),
  metadataTest: Object.keys(metadataTest.shape),
}
