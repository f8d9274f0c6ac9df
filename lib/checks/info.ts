/** What a check is about, for people. Plain data without imports: the browser shows it too. */
export interface CheckInfo {
  readonly severity: 'error' | 'warning' | 'info'
  readonly title: string
  readonly why: string
  readonly fix: string
}

/** Every check there is. The page of a check is `docs/checks/CODE.md`. */
export const CHECK_INFO = {
  'META-001': {
    severity: 'error',
    title: 'Index and config name different platforms',
    why: 'Clients choose by the index and then trust the config. When the two disagree, some pull the image and run the wrong architecture, others refuse it.',
    fix: 'Build the image again for the platform the index names, or correct the entry, and push the index anew. A Dockerfile whose FROM is pinned to one architecture’s digest is a usual cause.',
  },
  'META-002': {
    severity: 'error',
    title: 'Two platforms are the same image',
    why: 'One image runs on one architecture. When two platforms share a manifest or a config, at least one of them gets the other’s binaries.',
    fix: 'Join the index from one image per platform; look for a build matrix that pushed the same tag twice.',
  },
  'COV-005': {
    severity: 'warning',
    title: 'The index is ambiguous',
    why: 'Clients take the first entry that matches a platform. A second entry is never pulled, an entry without a platform matches by luck, and many clients do not look into a nested index.',
    fix: 'List each platform once, each with its platform, directly in the index.',
  },
  'COV-001': {
    severity: 'error',
    title: 'A required platform is missing',
    why: 'Who pulls the image on that platform gets nothing, or, where the index is a single image, another platform’s binaries.',
    fix: 'Build the platform and join it into the index again; look for a build job that failed without stopping the release.',
  },
  'ELF-001': {
    severity: 'error',
    title: 'The entrypoint is a binary for another architecture',
    why: 'On a machine of the platform it does not start (exec format error). On a build machine with emulation it runs without a word, so a test that only runs it is green.',
    fix: 'Look where the binary comes from: a COPY from a stage of another platform, a download with a fixed architecture in its URL, or a compiler that was not told the target.',
  },
  'ELF-003': {
    severity: 'error',
    title: 'The loader that the entrypoint needs is missing or wrong',
    why: 'The kernel starts a dynamic binary by the loader it names. Without it the container ends with “no such file or directory”, although the binary is there.',
    fix: 'Link statically, or use a base image with the C library the binary was built for: glibc binaries do not start on Alpine, nor musl ones on Debian.',
  },
  'RUN-001': {
    severity: 'error',
    title: 'It did not run as expected',
    why: 'The image was started by its digest on this platform and did not do what it should: it did not start, ended otherwise, or wrote something else.',
    fix: 'Read its output and how it ended. Where it needs arguments, variables, the network or longer, say so in the run.',
  },
} as const satisfies Record<string, CheckInfo>

/** The id of a check. */
export type CheckCode = keyof typeof CHECK_INFO
