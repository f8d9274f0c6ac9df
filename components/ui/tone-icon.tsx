/** How good or bad a thing is; `doubt` is neither: nobody can tell. */
export type Tone = 'pass' | 'fail' | 'warn' | 'doubt' | 'skip' | 'info'

const PATHS: Readonly<Record<Tone, string>> = {
  pass: 'M3.5 8.5l3 3 6-7',
  fail: 'M4 4l8 8M12 4l-8 8',
  warn: 'M8 3.2v6M8 12.4v.1',
  doubt: 'M5.6 5.7a2.4 2.4 0 1 1 3.6 2.1C8.4 8.3 8 8.8 8 9.6M8 12.6v.1',
  skip: 'M4 8h8',
  info: 'M8 7.2v5.2M8 3.9v.1',
}

/** The text colour of a tone. */
export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  pass: 'text-pass',
  fail: 'text-fail',
  warn: 'text-warn',
  doubt: 'text-warn',
  skip: 'text-skip',
  info: 'text-accent',
}

/** The soft background of a tone. */
export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  pass: 'bg-pass-soft',
  fail: 'bg-fail-soft',
  warn: 'bg-warn-soft',
  doubt: 'bg-warn-soft',
  skip: 'bg-skip-soft',
  info: 'bg-accent-soft',
}

/** The glyph of a tone. Decorative: a word must stand beside it, or a label on what holds it. */
export function ToneIcon({ tone, className = 'size-3.5' }: { tone: Tone; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      <path d={PATHS[tone]} />
    </svg>
  )
}
