import { Suspense } from 'react'
import { plural } from '#components/ui/plural.ts'
import { Section } from '#components/ui/section.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { CheckCodes, CheckNote } from './check-note.tsx'
import { checkNotes } from './check-notes.ts'
import { FindingCards } from './finding-cards.tsx'
import { FINDINGS_ID } from './findings-list.tsx'
import { ForeignText } from './foreign-text.tsx'
import { LayerFindings } from './layer-findings.tsx'
import { layersOf } from './layer-result.ts'

interface FindingsSectionProps {
  readonly image: ImageResponse
  /** The image with the findings that take longer: of other tags, and of SBOM documents. */
  readonly further: Promise<ImageResponse>
}

/** What the checks found, which of them looked, and what they could not look at. What takes longer comes after. */
export function FindingsSection({ image, further }: FindingsSectionProps) {
  const layers = layersOf(image)
  return (
    <div id={FINDINGS_ID} className="scroll-mt-16">
      <Section title="Findings">
        <Suspense fallback={<Findings image={image} isPending />}>
          <FurtherFindings further={further} />
        </Suspense>
        {layers.count > 0 && (
          <div className="mt-3 print:hidden">
            <LayerFindings
              reference={`${image.repository}@${image.digest}`}
              layers={layers}
              looked={image.checked ?? []}
            />
          </div>
        )}
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
            {plural(looked.length, 'check')} looked at the registry’s data: <CheckCodes codes={looked} />
          </p>
        )}
        {accepted.map(({ code, text }) => (
          <CheckNote key={`${code} ${text}`}>
            <CheckCodes codes={[code]} /> accepted: <ForeignText text={text} maxLength={600} />
          </CheckNote>
        ))}
        {gaps.map(({ codes, text }) => (
          <CheckNote key={`${codes.join()} ${text}`}>
            <CheckCodes codes={codes} /> not judged: <ForeignText text={text} maxLength={400} />
          </CheckNote>
        ))}
        {isPending && <p role="status">Comparing with other tags …</p>}
      </div>
    </>
  )
}
