import { cn } from '#components/ui/cn.ts'

interface ActivityMarkProps {
  /** What goes on, or waits to: “Running”, “Queued”. */
  readonly word: string
  /** False: it has not begun. */
  readonly isMoving?: boolean
  readonly className?: string
}

/** Work that is not over: a turning arc and a word, or a quiet ring while it waits. */
export function ActivityMark({ word, isMoving = true, className }: ActivityMarkProps) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 font-[550] whitespace-nowrap',
        isMoving ? 'text-accent' : 'text-muted',
        className,
      )}
    >
      <svg
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        aria-hidden="true"
        className={cn('size-3.5 shrink-0', isMoving && 'animate-spin')}
      >
        <circle cx="8" cy="8" r="5" strokeDasharray={isMoving ? '20 12' : '1.5 3.74'} />
      </svg>
      <span>{word}</span>
    </span>
  )
}
