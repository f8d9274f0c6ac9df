'use client'

import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { formatBytes } from '#components/ui/bytes.ts'
import { ToggleChip } from '#components/ui/chip.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { formatCount } from '#components/ui/plural.ts'
import { ForeignText } from './foreign-text.tsx'
import type { RawManifestText as Manifest } from './load-raw-manifest.ts'
import { type JsonToken, prettyJson } from './pretty-json.ts'

/** More than this would make the page slow; the file has it all. */
const SHOWN_MAX_LENGTH = 200_000
/** Above this, text is shown without colours. */
const COLOURED_MAX_LENGTH = 60_000

interface RawManifestTextProps {
  readonly manifest: Manifest
  readonly of: string
  readonly href: string
}

/** A manifest's text: indented for reading, or exactly as it is. */
export function RawManifestText({ manifest, of, href }: RawManifestTextProps) {
  const { text, sizeBytes, mediaType, verified } = manifest
  const [isExact, setExact] = useState(false)
  const tokens = useMemo(() => (text.length > SHOWN_MAX_LENGTH ? undefined : prettyJson(text)), [text])
  const isPretty = !isExact && tokens !== undefined
  return (
    <>
      <div className="mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {tokens && (
          <div className="flex gap-1.5">
            <ToggleChip pressed={!isExact} onClick={() => setExact(false)}>
              Indented
            </ToggleChip>
            <ToggleChip pressed={isExact} onClick={() => setExact(true)}>
              Exact bytes
            </ToggleChip>
          </div>
        )}
        <span className="text-muted text-note">
          {formatCount(sizeBytes)} bytes · <ForeignText text={mediaType} maxLength={120} />
        </span>
        <span title="The hash of these bytes is the digest" className="text-note">
          <Mark tone="pass">digest verified {verified === 'here' ? 'in this browser' : 'by Archway'}</Mark>
        </span>
        <span className="ml-auto flex items-center">
          <a
            href={href}
            download="manifest.json"
            title="Download"
            aria-label={`Download the manifest of ${of}`}
            className="inline-grid size-6 place-items-center rounded-mark text-muted transition-colors hover:bg-sunken hover:text-ink"
          >
            <Download aria-hidden="true" className="size-3.5" />
          </a>
          <CopyButton text={text} label={`Copy the manifest of ${of}, exact`} />
        </span>
      </div>
      {text.length > SHOWN_MAX_LENGTH && (
        <p className="mb-2 text-note text-warn">
          The manifest is {formatBytes(sizeBytes)}: only its beginning is shown. Download it for the rest.
        </p>
      )}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`Text of the manifest of ${of}`}
        className="max-h-[32rem] overflow-auto rounded-control bg-sunken px-3.5 py-2.5 print:max-h-none"
      >
        <pre className="mono whitespace-pre-wrap break-words leading-[1.55]">
          {isPretty ? (
            <Tokens tokens={tokens} length={text.length} />
          ) : (
            <ForeignText text={text} maxLength={SHOWN_MAX_LENGTH} />
          )}
        </pre>
      </section>
    </>
  )
}

const COLOURS: Readonly<Partial<Record<JsonToken['kind'], string>>> = {
  string: 'text-accent',
  number: 'text-warn',
  word: 'text-warn',
  mark: 'text-muted',
}

function Tokens({ tokens, length }: { tokens: readonly JsonToken[]; length: number }) {
  if (length > COLOURED_MAX_LENGTH) {
    return <ForeignText text={tokens.map((token) => token.text).join('')} maxLength={SHOWN_MAX_LENGTH * 2} />
  }
  return tokens.map((token, at) =>
    token.kind === 'space' ? (
      token.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity but their place
      <span key={at} className={COLOURS[token.kind]}>
        {token.kind === 'mark' ? (
          token.text
        ) : (
          <ForeignText text={token.text} maxLength={COLOURED_MAX_LENGTH} />
        )}
      </span>
    ),
  )
}
