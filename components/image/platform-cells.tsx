import { Fragment, type ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import type { Tone } from '#components/ui/tone-icon.tsx'
import type { ImagePlatformDto } from '#lib/api/image.ts'
import { ForeignText } from './foreign-text.tsx'
import { statedPlatform } from './stated-platform.ts'

/** What the index says. */
export function IndexSays({ platform }: { platform: ImagePlatformDto }) {
  if (platform.rawPlatform === undefined) {
    return (
      <>
        <Mark tone="warn">Nothing</Mark>
        <Note>only the config can tell</Note>
      </>
    )
  }
  return <Stated raw={platform.rawPlatform} os={platform.os} />
}

/** What the config says, with a mark for whether that is what the index says. */
export function ConfigSays({ platform }: { platform: ImagePlatformDto }) {
  const { config, rawPlatform, os } = platform
  if (!config) return <Mark tone="skip">Not read</Mark>
  const says = <Stated raw={config.rawPlatform} os={os} />
  if (rawPlatform === undefined) return says
  if (config.agrees) return <Mark tone="pass">{says}</Mark>
  return (
    <>
      <Mark tone="fail">{says}</Mark>
      <Note>
        index says <Stated raw={rawPlatform} os={os} />
      </Note>
    </>
  )
}

/** A platform as stated; narrow columns break it after a slash. */
function Stated({ raw, os }: { raw: string; os: string }) {
  return (
    <span className="mono whitespace-normal">
      {statedPlatform(raw, os)
        .split(/(?<=\/)/)
        .map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a name have no identity but their place
          <Fragment key={at}>
            {at > 0 && <wbr />}
            <ForeignText text={part} maxLength={60} />
          </Fragment>
        ))}
    </span>
  )
}

const PRESENCE: Readonly<Record<ImagePlatformDto['presence'], { tone: Tone; word: string }>> = {
  present: { tone: 'pass', word: 'Present' },
  missing: { tone: 'fail', word: 'Missing' },
  unauthorised: { tone: 'warn', word: 'Unauthorised' },
  unknown: { tone: 'skip', word: 'Unknown' },
}

/** Whether the image is really there, with the reason when it could not be read. */
export function PresenceMark({ platform }: { platform: ImagePlatformDto }) {
  const { tone, word } = PRESENCE[platform.presence]
  const reason = platform.problem?.title ?? (platform.presence === 'unknown' ? 'nobody looked' : undefined)
  return (
    <>
      <Mark tone={tone}>{word}</Mark>
      {reason !== undefined && <Note>{reason}</Note>}
    </>
  )
}

/** A dash where nothing is known. */
export function NotKnown() {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">not known</span>
    </span>
  )
}

/** A quiet second line. */
export function Note({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cn('mt-px block text-muted text-note', className)}>{children}</span>
}
