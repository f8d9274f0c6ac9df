import { Hash } from 'lucide-react'

interface LineLinkProps {
  readonly hash: string
  /** What the line is about, for who does not see it. */
  readonly name: string
}

/** A quiet link that puts one line of a part into the address; seen where the line is pointed at. */
export function LineLink({ hash, name }: LineLinkProps) {
  return (
    <a
      href={hash}
      aria-label={`Link to ${name}`}
      title="Link to this line"
      className="inline-block px-0.5 text-muted opacity-0 transition-opacity hover:text-accent focus-visible:opacity-100 group-hover/line:opacity-100 group-aria-[current]/line:opacity-100 max-sm:opacity-100 print:hidden"
    >
      <Hash aria-hidden="true" className="size-3" />
    </a>
  )
}
