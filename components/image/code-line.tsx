import { CopyButton } from '#components/ui/copy-button.tsx'

interface CodeLineProps {
  readonly line: string
  /** What it does, for the copy button's name: “docker pull”. */
  readonly what: string
}

/** A command line with its copy button. It wraps instead of scrolling, so that all of it can be read. */
export function CodeLine({ line, what }: CodeLineProps) {
  return (
    <div className="flex items-start gap-1 rounded-control bg-sunken py-1 pr-1 pl-3">
      <code className="mono min-w-0 flex-1 break-all py-[3px] leading-[1.45]">{line}</code>
      <CopyButton text={line} label={`Copy the ${what} line`} className="hover:bg-line" />
    </div>
  )
}
