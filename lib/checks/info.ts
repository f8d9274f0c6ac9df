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
} as const satisfies Record<string, CheckInfo>

/** The id of a check. */
export type CheckCode = keyof typeof CHECK_INFO
