'use client'

import { shellQuote } from './shell-quote.ts'
import { useCopy } from './use-copy.ts'

interface TwinProps {
  /** The command line that gives the same answer, already quoted: `archway tags quay.io/power/app`; absent if there is none. */
  readonly cli?: string
  /** What the command line needs beside it: files it names. */
  readonly note?: string
  /** Path and query of the API call: `/api/v1/tags?repository=…`. */
  readonly api: string
  /** Sent by POST; without it the call is a GET. */
  readonly body?: unknown
}

/** The foot of a view: the same answer on the command line and from the API, each ready to copy. */
export function Twin({ cli, note, api, body }: TwinProps) {
  const json = body === undefined ? undefined : JSON.stringify(body)
  return (
    <footer className="mt-7 border-line border-t pt-3.5 pb-2">
      <h2 className="sr-only">The same on the command line and from the API</h2>
      {cli !== undefined && <TwinLine what="CLI" shown={cli} text={() => cli} />}
      {cli !== undefined && note !== undefined && <p className="pb-0.5 text-muted text-note">{note}</p>}
      <TwinLine
        what="API"
        shown={json === undefined ? `GET ${api}` : `POST ${api} ${json}`}
        text={() => {
          const url = shellQuote(window.location.origin + api)
          return json === undefined
            ? `curl -fsS ${url}`
            : `curl -fsS ${url} -H 'Content-Type: application/json' -d ${shellQuote(json)}`
        }}
      />
    </footer>
  )
}

function TwinLine({ what, shown, text }: { what: 'CLI' | 'API'; shown: string; text: () => string }) {
  const { outcome, copy } = useCopy()
  const label = what === 'CLI' ? 'Copy as CLI' : 'Copy as curl'
  return (
    <p className="flex items-baseline justify-between gap-4 py-0.5">
      <code className="mono wrap-anywhere min-w-0 text-muted">{shown}</code>
      <button
        type="button"
        onClick={() => copy(text())}
        className="scripted hit shrink-0 text-muted transition-colors hover:text-ink"
      >
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Refused' : label}
      </button>
    </p>
  )
}
