import type { SeededDiff } from '../lab/seed-diff.ts'
import type { SeededMany } from '../lab/seed-many.ts'
import type { SeededMatrix } from '../lab/seed-matrix.ts'
import type { SeededOdd } from '../lab/seed-odd.ts'
import type { SeededPrivate } from '../lab/seed-private.ts'
import type { SeededRunImages } from '../lab/seed-run-images.ts'
import type { SeededSample } from '../lab/seed-sample.ts'

/** What `global-setup.ts` has started and filled, as plain data. */
export interface World {
  readonly dashboardUrl: string
  /** `DOCKER_HOST` of the dashboard: an engine that runs amd64, arm64, ppc64le and s390x. */
  readonly engineHost: string
  /** `power/multiarch-app`: sixty releases, linux/ppc64le lost and found. */
  readonly sample: SeededSample
  /** `lab/diff`: two architectures that should be alike. */
  readonly diff: SeededDiff
  /** `lab/matrix`: four architectures that should hold the same. */
  readonly matrix: SeededMatrix
  /** `lab/odd`: one tag an oddity. */
  readonly odd: SeededOdd
  /** `lab/run`: images that fail, hang and print what they should not. */
  readonly runImages: SeededRunImages
  /** 1,000 tags. */
  readonly many: SeededMany
  /** 20,000 tags. */
  readonly huge: SeededMany
  /** On the registry with a token server, which the dashboard's `config.json` has a login for. */
  readonly loggedIn: SeededPrivate
  /** On the registry with a password, which the dashboard knows nothing of. */
  readonly loggedOut: SeededPrivate
}
