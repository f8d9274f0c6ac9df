import type { EntrypointResolution } from '#lib/image/resolve-entrypoint.ts'
import type { Platform } from '#lib/oci/platform.ts'
import type { Ending } from '#lib/report/ending.ts'
import type { CpuFloor, LargePages, UnameAnswer } from '#lib/report/machine.ts'
import type { ReportTest } from '#lib/report/model.ts'

/** What is known of what starts in an image. */
export interface StartFacts {
  /** What the image is claimed to be for. */
  readonly platform: Platform
  /** Undefined where nobody could look into the image. */
  readonly resolution: EntrypointResolution | undefined
}

/** What is known of one platform's job when it is over. */
export interface JobFacts extends StartFacts {
  readonly ending: Ending
  /** What repeating it on other processors has shown, and with larger pages. */
  readonly cpuFloor?: CpuFloor | undefined
  readonly largePages?: LargePages | undefined
  /** What the image’s own `uname` said; absent where nothing of the image ran. */
  readonly uname?: UnameAnswer | undefined
  /** Of the structure tests somebody wrote for the image; absent where there are none. */
  readonly tests?: readonly Pick<ReportTest, 'name' | 'verdict' | 'messages'>[] | undefined
}

/** What somebody requires of an image, and what it has: canonical texts. */
export interface RequiredPlatforms {
  readonly required: readonly string[]
  readonly present: readonly string[]
}
