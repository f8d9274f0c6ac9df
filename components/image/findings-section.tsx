import { Fragment, type ReactNode, Suspense } from 'react'
import { plural } from '#components/ui/plural.ts'
import { Section } from '#components/ui/section.tsx'
import { ToneIcon } from '#components/ui/tone-icon.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { checkNotes } from './check-notes.ts'
import { FindingCards } from './finding-cards.tsx'
import { FINDINGS_ID } from './findings-list.tsx'
import { ForeignText } from './foreign-text.tsx'

interface FindingsSectionProps {
  readonly image: ImageResponse
  /** The image with the findings that take longer: of other tags, and of SBOM documents. */
  readonly further: Promise<ImageResponse>
}

/** What the checks found, which of them looked, and what they could not look at. What takes longer comes after. */
export function FindingsSection({ image, further }: FindingsSectionProps) {
  return (
    <div id={FINDINGS_ID} className="scroll-mt-16">
      <Section title="Findings">
        <Suspense fallback={<Findings image={image} isPending />}>
          <FurtherFindings further={further} />
        </Suspense>
      </Section>
    </div>
  )
}

async function FurtherFindings({ further }: Pick<FindingsSectionProps, 'further'>) {
  return <Findings image={await further} />
}

function Findings({ image, isPending = false }: { image: ImageResponse; isPending?: boolean }) {
  const { looked, gaps, accepted } = checkNotes(image)
  return (
    <>
      {image.findings.length > 0 && <FindingCards findings={image.findings} />}
      <div className="mt-2.5 grid max-w-[88ch] gap-1 text-muted text-note">
        {looked.length > 0 && (
          <p>
            {image.findings.length === 0 && (accepted.length === 0 ? 'No finding. ' : 'No other finding. ')}
            {plural(looked.length, 'check')} looked at the registry’s data: <Codes codes={looked} />
          </p>
        )}
        {accepted.map(({ code, text }) => (
          <Note key={`${code} ${text}`}>
            <Codes codes={[code]} /> accepted: <ForeignText text={text} maxLength={600} />
          </Note>
        ))}
        {gaps.map(({ codes, text }) => (
          <Note key={`${codes.join()} ${text}`}>
            <Codes codes={codes} /> not judged: <ForeignText text={text} maxLength={400} />
          </Note>
        ))}
        {isPending && <p role="status">Comparing with other tags …</p>}
      </div>
    </>
  )
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-1.5">
      <ToneIcon tone="skip" className="mt-[3px] size-3 shrink-0" />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  )
}

/** Ids of checks, none of them broken in two. */
function Codes({ codes }: { codes: readonly string[] }) {
  return codes.map((code, at) => (
    <Fragment key={code}>
      {at > 0 && ', '}
      <span className="mono whitespace-nowrap">{code}</span>
    </Fragment>
  ))
}
