import type { GoPattern } from './pattern.ts'

/** A variable that a container gets, or that an image must have. */
export interface KeyValue {
  readonly key: string
  readonly value: string
}

/** A value that must be this, or match. */
export interface ExpectedValue {
  readonly key: string
  readonly value: string
  /** Instead of the value. */
  readonly pattern?: GoPattern
}

/** A pattern as a person wrote it, and what it means. */
export interface WrittenPattern {
  readonly text: string
  readonly pattern: GoPattern
}

/** Runs a command in a fresh container. */
export interface CommandTest {
  readonly name: string
  readonly setup: readonly (readonly string[])[]
  readonly teardown: readonly (readonly string[])[]
  readonly command: string
  readonly args: readonly string[]
  /** Values may name variables of the image: `$PATH:/opt/bin`. */
  readonly env: readonly KeyValue[]
  readonly exitCode: number
  readonly expectedOutput: readonly WrittenPattern[]
  readonly excludedOutput: readonly WrittenPattern[]
  readonly expectedError: readonly WrittenPattern[]
  readonly excludedError: readonly WrittenPattern[]
}

/** Looks whether something is at a path. */
export interface FileExistenceTest {
  readonly name: string
  readonly path: string
  readonly shouldExist: boolean
  /** As `ls -l` writes them: `-rwxr-xr-x`. */
  readonly permissions?: string
  readonly uid?: number
  readonly gid?: number
  readonly isExecutableBy?: 'owner' | 'group' | 'other' | 'any'
}

/** Looks into a file. */
export interface FileContentTest {
  readonly name: string
  readonly path: string
  readonly expectedContents: readonly WrittenPattern[]
  readonly excludedContents: readonly WrittenPattern[]
}

/** What the image’s config must say; what is absent is not looked at. */
export interface MetadataTest {
  readonly env: readonly ExpectedValue[]
  readonly unboundEnv: readonly string[]
  readonly labels: readonly ExpectedValue[]
  readonly exposedPorts: readonly string[]
  readonly unexposedPorts: readonly string[]
  readonly volumes: readonly string[]
  readonly unmountedVolumes: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly workdir?: string
  readonly user?: string
}

/** What a container-structure-test file asks, schema 2.0.0. */
export interface StructureTests {
  readonly commands: readonly CommandTest[]
  readonly existence: readonly FileExistenceTest[]
  readonly contents: readonly FileContentTest[]
  readonly metadata: MetadataTest | undefined
}

/** How many tests there are; a metadata test counts as one. */
export function countTests({ commands, existence, contents, metadata }: StructureTests): number {
  return commands.length + existence.length + contents.length + (metadata ? 1 : 0)
}
