import { brokenDatabase, type DatabaseContent } from './package-database.ts'

/** `package.json` of an installed npm package; `cpu`, where it names one alone, is its architecture. */
export function readNpm(bytes: Buffer): DatabaseContent {
  let found: unknown
  try {
    found = JSON.parse(bytes.toString())
  } catch {
    return { packages: [], problem: brokenDatabase('It is not JSON.') }
  }
  if (typeof found !== 'object' || found === null) return { packages: [] }
  const { name, version, cpu } = found as Readonly<Record<string, unknown>>
  // Packages carry such files of their own for tests and sub-paths; those have no version.
  if (typeof name !== 'string' || typeof version !== 'string') return { packages: [] }
  const architecture = Array.isArray(cpu) && cpu.length === 1 ? String(cpu[0]) : undefined
  return { packages: [{ name, version, ...(architecture ? { architecture } : {}) }] }
}
