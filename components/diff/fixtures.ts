import type { DiffResponse, FileChangeDto, FileSideDto } from '#lib/api/diff.ts'

/** A file of root with mode 0644, for tests. */
export function fileSide(path: string, side: Partial<FileSideDto> = {}): FileSideDto {
  return { path, type: 'file', mode: '0644', uid: 0, gid: 0, sizeBytes: 10, layer: 0, ...side }
}

/** A path that both sides have, for tests. */
export function fileChange(path: string, change: Partial<FileChangeDto> = {}): FileChangeDto {
  return {
    path,
    change: 'changed',
    aspects: ['content'],
    from: fileSide(path),
    to: fileSide(path),
    ...change,
  }
}

/** A comparison of two platforms that found nothing, with its layers looked into, for tests. */
export function diffFixture(diff: Partial<DiffResponse> = {}): DiffResponse {
  const side = (platform: string, digit: string) => ({
    reference: 'quay.io/power/app:1.2',
    pinned: `quay.io/power/app@sha256:${digit.repeat(64)}`,
    digest: `sha256:${digit.repeat(64)}`,
    platform,
  })
  return {
    axis: 'platforms',
    from: side('linux/amd64', '1'),
    to: side('linux/ppc64le', '2'),
    summary: { text: 'All the same.', highlights: [], isAcrossArchitectures: true },
    config: { changes: [], sameCount: 4 },
    layers: [],
    files: [],
    filesTotal: 0,
    filesSame: 10,
    packages: [],
    packagesSame: 2,
    folded: {},
    complete: true,
    ...diff,
  }
}
