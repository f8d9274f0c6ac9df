import type { ReactNode } from 'react'
import { formatBytes } from '#components/ui/bytes.ts'
import { Chip } from '#components/ui/chip.tsx'
import { Mark } from '#components/ui/mark.tsx'
import type { AttestationDto, ReferrerDto } from '#lib/api/image.ts'
import { artifactTypeName } from './artifact-type-name.ts'
import type { Attachments } from './attachments-model.ts'
import { DigestLink } from './digest-link.tsx'
import { ForeignText } from './foreign-text.tsx'
import { predicateName } from './predicate-name.ts'

const MAX_SHOWN = 100

interface AttachmentListProps {
  readonly attachments: Attachments
  readonly repository: string
}

/** Attestations and referrers of one digest, each leading to its own page. */
export function AttachmentList({ attachments, repository }: AttachmentListProps) {
  const { attestations, referrers } = attachments
  const omitted = Math.max(0, attestations.length - MAX_SHOWN) + Math.max(0, referrers.length - MAX_SHOWN)
  return (
    <>
      <ul className="card divide-y divide-line">
        {attestations.slice(0, MAX_SHOWN).map((attestation) => (
          <Attestation key={attestation.digest} attestation={attestation} repository={repository} />
        ))}
        {referrers.slice(0, MAX_SHOWN).map((referrer) => (
          <Referrer key={referrer.digest} referrer={referrer} repository={repository} />
        ))}
      </ul>
      {omitted > 0 && <p className="mt-1.5 text-muted text-note">and {omitted} more; the API has them all</p>}
    </>
  )
}

const PRESENCE = { missing: 'Missing', unauthorised: 'Unauthorised', unknown: 'Not read' } as const

function Attestation({ attestation, repository }: { attestation: AttestationDto; repository: string }) {
  const { digest, predicateTypes, form, inIndex, presence } = attestation
  const names = predicateTypes.map((type) => predicateName(type) ?? type)
  const title = names.length === 0 ? 'Attestation' : [...new Set(names)].join(', ')
  return (
    <Entry
      title={title}
      note={predicateTypes.length > 0 ? predicateTypes.join(' · ') : undefined}
      marks={
        <>
          {presence !== 'present' && (
            <Mark tone={presence === 'missing' ? 'fail' : 'warn'}>{PRESENCE[presence]}</Mark>
          )}
          <Chip size="small">{form === 'buildkit' ? 'BuildKit form' : 'OCI artifact'}</Chip>
          <Chip size="small">{inIndex ? 'in the index' : 'referrer'}</Chip>
        </>
      }
      link={<DigestLink repository={repository} digest={digest} of={`the attestation (${title})`} />}
    />
  )
}

function Referrer({ referrer, repository }: { referrer: ReferrerDto; repository: string }) {
  const { digest, artifactType, mediaType, sizeBytes, annotations, via } = referrer
  const type = artifactType ?? mediaType
  const title = artifactTypeName(type) ?? type
  const told =
    annotations['org.opencontainers.image.title'] ?? annotations['org.opencontainers.image.description']
  return (
    <Entry
      title={title}
      note={[title === type ? '' : type, told ?? '', formatBytes(sizeBytes)].filter(Boolean).join(' · ')}
      marks={<Chip size="small">{via === 'api' ? 'referrer' : 'referrer by tag'}</Chip>}
      link={<DigestLink repository={repository} digest={digest} of={`the referrer (${title})`} />}
    />
  )
}

interface EntryProps {
  readonly title: string
  readonly note: string | undefined
  readonly marks: ReactNode
  readonly link: ReactNode
}

function Entry({ title, note, marks, link }: EntryProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-3.5 py-2">
      <div className="min-w-0 flex-1 basis-56">
        <ForeignText text={title} maxLength={300} className="break-words font-[550]" />
        {note !== undefined && (
          <span className="block break-words text-muted text-note">
            <ForeignText text={note} maxLength={600} />
          </span>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        {marks}
        {link}
      </div>
    </li>
  )
}
