import { AppError } from '#lib/errors/app-error.ts'
import { readYaml, type YamlRules } from '#lib/yaml/read-yaml.ts'
import { STRUCTURE_KEYS, structureSchema } from './structure-schema.ts'
import { countTests, type StructureTests } from './structure-tests.ts'

/** What container-structure-test knows and the sandbox cannot do. */
const FOREIGN_KEYS: Readonly<Record<string, string>> = {
  licenseTests: 'is not understood: licences are not judged here',
  containerRunOptions: 'is not understood: the sandbox decides how containers run, and a profile its limits',
}
const LIMIT_TESTS = 500

/**
 * Reads a container-structure-test file (YAML or JSON, schema 2.0.0). A key that is not understood is an error, never
 * ignored. Throws one error of `code` with every fault as `file:line:column`.
 * https://github.com/GoogleContainerTools/container-structure-test
 */
export function parseStructureTests(
  text: string,
  file: string,
  code: YamlRules<unknown>['code'] = 'request_invalid',
): StructureTests {
  const title = 'The container-structure-test file'
  const hint = 'Correct it; docs/checks/RUN-005.md lists what is understood.'
  const raw = readYaml(text, { file, title, hint, code, schema: structureSchema, explainKey })
  const tests: StructureTests = {
    commands: raw.commandTests.map(({ envVars, ...test }) => ({
      ...test,
      env: [...raw.globalEnvVars, ...envVars],
    })),
    existence: raw.fileExistenceTests.map(({ name, path, shouldExist, ...rest }) => ({
      name,
      path,
      shouldExist,
      ...given(rest),
    })),
    contents: raw.fileContentTests,
    metadata: raw.metadataTest && metadataOf(raw.metadataTest),
  }
  const count = countTests(tests)
  if (count === 0) throw new AppError(code, `${title} ${file} holds no test.`, { hint })
  if (count > LIMIT_TESTS)
    throw new AppError(code, `${title} ${file} holds ${count} tests, more than ${LIMIT_TESTS}.`, { hint })
  return tests
}

function metadataOf(raw: NonNullable<ReturnType<typeof structureSchema.parse>['metadataTest']>) {
  const { env, envVars, unboundEnvVars, entrypoint, cmd, workdir, user, ...lists } = raw
  return {
    ...lists,
    env: [...env, ...envVars],
    unboundEnv: unboundEnvVars.map(({ key }) => key),
    ...given({ entrypoint, cmd, workdir, user }),
  }
}

/** Without what is undefined. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function explainKey(key: string, path: readonly PropertyKey[]): string {
  const known = STRUCTURE_KEYS[String(path[0] ?? '')] ?? []
  const isNested = path.length > (path[0] === 'metadataTest' ? 1 : 2)
  if (path.length === 0 && FOREIGN_KEYS[key] !== undefined) return FOREIGN_KEYS[key]
  return isNested ? 'is no key here' : `is no key here; known are ${known.join(', ')}`
}
