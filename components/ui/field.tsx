import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from './cn.ts'

/** What a control needs to be described by its field. */
interface ControlProps {
  readonly id: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string | undefined
}

interface FieldProps {
  readonly label: ReactNode
  /** What may be written, or what becomes of it. */
  readonly hint?: ReactNode
  /** What is wrong with what is written. */
  readonly problem?: string | undefined
  readonly children: (control: ControlProps) => ReactNode
  readonly className?: string
}

/** A labelled control with its hint, and its problem in place. */
export function Field({ label, hint, problem, children, className }: FieldProps) {
  const id = useId()
  const noteId = useId()
  const hasNote = hint !== undefined || problem !== undefined
  return (
    <div className={cn('grid content-start gap-1', className)}>
      <label htmlFor={id} className="font-[550]">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': problem !== undefined,
        'aria-describedby': hasNote ? noteId : undefined,
      })}
      {hasNote && (
        <div id={noteId} className="text-note">
          {problem !== undefined && <FieldProblem text={problem} />}
          {hint !== undefined && <div className="text-muted">{hint}</div>}
        </div>
      )}
    </div>
  )
}

/** What is wrong, under a control. */
export function FieldProblem({ text }: { text: string }) {
  return (
    <p className="break-words text-fail">
      <span aria-hidden="true">✕ </span>
      {text}
    </p>
  )
}

/** A line to write in. */
export function TextInput({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      type="text"
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      {...props}
      className={cn(
        'h-[34px] w-full min-w-0 rounded-control border bg-surface px-2.5 transition-colors max-sm:text-lead',
        'border-line hover:border-line-strong focus:border-accent aria-invalid:border-fail',
        className,
      )}
    />
  )
}

interface CheckLineProps extends Omit<ComponentProps<'input'>, 'type' | 'className'> {
  readonly label: ReactNode
  readonly note?: ReactNode
}

/** A box to tick, with what it means. */
export function CheckLine({ label, note, ...props }: CheckLineProps) {
  const id = useId()
  const noteId = useId()
  return (
    <div className="flex items-start gap-2.5">
      <input
        {...props}
        id={id}
        type="checkbox"
        aria-describedby={note === undefined ? undefined : noteId}
        className="mt-[3px] size-4 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="font-[550]">
          {label}
        </label>
        {note !== undefined && (
          <p id={noteId} className="text-muted text-note">
            {note}
          </p>
        )}
      </div>
    </div>
  )
}
