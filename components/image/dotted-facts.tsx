import type { ReactNode } from 'react'

/** Short facts with a dot between them, and none where a line begins. Absent ones are left out. */
export function DottedFacts({ facts }: { facts: readonly ReactNode[] }) {
  return (
    <div className="-my-1 py-1 text-muted [clip-path:inset(-4px_-4px_-4px_0)]">
      <ul className="-ml-3.5 flex flex-wrap items-center">
        {facts
          .filter((fact) => fact !== undefined)
          .map((fact, at) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of facts
              key={at}
              className="relative max-w-full pl-3.5 before:absolute before:left-[5px] before:content-['·']"
            >
              {fact}
            </li>
          ))}
      </ul>
    </div>
  )
}
