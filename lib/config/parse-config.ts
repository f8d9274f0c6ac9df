import type { z } from 'zod'
import { POLICY_KEYS, toPolicy } from '#lib/coverage/policy-schema.ts'
import { profileKeys, toProfiles } from '#lib/coverage/profile-schema.ts'
import { nearestWord } from '#lib/yaml/nearest-word.ts'
import { readYaml } from '#lib/yaml/read-yaml.ts'
import { type ArchwayConfig, configSchema, findContradictions } from './archway-config.ts'

/**
 * Parses `archway.yaml`. Throws one `settings_invalid` that lists everything wrong as `file:line:column`. An empty file
 * says nothing. `canRead` tells whether a file that is named there can be read.
 */
export function parseConfig(text: string, file: string, canRead: (file: string) => boolean): ArchwayConfig {
  return toConfig(
    readYaml(text, {
      file,
      title: 'archway.yaml',
      hint: 'Correct the file: README.md, docs/policy.md and docs/profiles.md say what it may hold.',
      code: 'settings_invalid',
      schema: configSchema(canRead),
      contradictions: findContradictions,
      explainKey,
    }),
  )
}

function toConfig({
  engines,
  discover,
  retention,
  badges,
  ...fields
}: z.output<ReturnType<typeof configSchema>>): ArchwayConfig {
  const rest = { discover, policy: toPolicy(fields), profiles: toProfiles(fields), retention, badges }
  if (engines === undefined) return rest
  return {
    ...rest,
    engines: engines.map(({ tls, sshConfig, platforms, ...engine }) => ({
      ...engine,
      ...(sshConfig === undefined ? {} : { sshConfig }),
      ...(tls === undefined ? {} : { tls }),
      ...(platforms === undefined ? {} : { platforms }),
    })),
  }
}

function explainKey(key: string, path: readonly PropertyKey[]): string {
  const known = knownKeys(path)
  const meant = nearestWord(key, known)
  return meant === undefined
    ? `is no key here; known are ${known.join(', ')}`
    : `is no key here; did you mean “${meant}”?`
}

const ENGINE_KEYS = ['name', 'address', 'tls', 'sshConfig', 'platforms', 'enabled']

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const [top] = path
  if (path.length === 0)
    return ['engines', 'discover', ...Object.keys(POLICY_KEYS), 'profiles', 'retention', 'badges']
  if (top === 'require' || top === 'exceptions') return POLICY_KEYS[top]
  if (top === 'profiles') return profileKeys(path.slice(2))
  if (top === 'retention') return ['days', 'maxReports']
  if (top === 'badges') return ['staleAfterDays']
  return path.at(-1) === 'tls' ? ['ca', 'cert', 'key'] : ENGINE_KEYS
}
