import Link from 'next/link'
import { buttonClass } from '#components/ui/button-class.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import type { ProblemDto } from '#lib/api/parts.ts'
import { CheckAgainButton } from './check-again-button.tsx'
import { ImageHeader } from './image-header.tsx'
import { ImageTwin } from './image-twin.tsx'
import { withNextStep } from './next-step.ts'
import { RawManifest } from './raw-manifest.tsx'
import { RememberedRun, type RememberedRunProps } from './remembered-run.tsx'

/** Failures behind which there are bytes that a person can read. */
const MAY_SHOW_RAW = new Set([
  'manifest_invalid',
  'manifest_unsupported',
  'index_too_large',
  'index_too_deep',
])

interface ImageProblemProps {
  readonly reference: string
  /** Absent when the reference itself is not understood. */
  readonly repository?: string | undefined
  readonly problem: ProblemDto
  /** The last one of this reference that came to a verdict. */
  readonly lastRun?: RememberedRunProps['run'] | undefined
}

/** The page of a reference that could not be answered: why, what to do, and the ways on. */
export function ImageProblem({ reference, repository, problem, lastRun }: ImageProblemProps) {
  return (
    <>
      <ImageHeader
        reference={reference === '' ? 'No reference' : reference}
        repository={repository}
        isKnown={false}
      />
      <ProblemPanel
        problem={withNextStep(problem)}
        className="mt-5"
        retry={
          repository === undefined ? (
            <Link href="/" className={buttonClass()}>
              Start again
            </Link>
          ) : (
            <CheckAgainButton />
          )
        }
      />
      {lastRun && <RememberedRun run={lastRun} />}
      {MAY_SHOW_RAW.has(problem.code) && (
        <div className="mt-6">
          <RawManifest reference={reference} of="it" />
        </div>
      )}
      {reference !== '' && <ImageTwin reference={reference} />}
    </>
  )
}
