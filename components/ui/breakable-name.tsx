import { Fragment } from 'react'

/** A long name that may break after its slashes first, and anywhere if it must. */
export function BreakableName({ name }: { name: string }) {
  const parts = name.split('/')
  return (
    <span className="wrap-anywhere">
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts repeat and never move
        <Fragment key={at}>
          {part}
          {at < parts.length - 1 && (
            <>
              /<wbr />
            </>
          )}
        </Fragment>
      ))}
    </span>
  )
}
