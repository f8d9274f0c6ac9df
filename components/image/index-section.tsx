import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Section } from '#components/ui/section.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { AttachmentList } from './attachment-list.tsx'
import { indexAttachments } from './attachments-model.ts'
import { OtherChildren } from './other-children.tsx'
import { RawManifest } from './raw-manifest.tsx'
import { SubSection } from './sub-section.tsx'
import { ValueList } from './value-list.tsx'

/** What belongs to the index itself rather than to one of its platforms. */
export function IndexSection({ image }: { image: ImageResponse }) {
  const { repository, kind, others, referrersProblem } = image
  const { attestations, referrers, stray } = indexAttachments(image)
  const attached = attestations.length + referrers.length
  return (
    <Section title={kind === 'index' ? 'The index itself' : 'What belongs to it'} className="mt-10">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {referrersProblem && <ProblemPanel problem={referrersProblem} tone="warn" />}
        {attached > 0 && (
          <SubSection title="Attestations and referrers" note={attached}>
            <AttachmentList attachments={{ attestations, referrers }} repository={repository} />
          </SubSection>
        )}
        {stray.length > 0 && (
          <SubSection title="Attestations of something else" note="their subject is not listed here">
            <AttachmentList attachments={{ attestations: stray, referrers: [] }} repository={repository} />
          </SubSection>
        )}
        <ValueList title="Annotations" entries={Object.entries(image.annotations)} />
        {others.length > 0 && (
          <OtherChildren others={others} repository={repository} isOpen={image.platforms.length === 0} />
        )}
        <RawManifest reference={image.pinned} of={kind === 'index' ? 'the index' : 'the artifact'} />
      </div>
    </Section>
  )
}
