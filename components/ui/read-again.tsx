import { Button } from './button.tsx'

/** How what failed is read once more. */
export interface Rereading {
  readonly onRetry: () => void
  readonly isRetrying: boolean
}

/** Below the layers that could not be read: reads those again, the others are known. */
export function ReadAgain({ onRetry, isRetrying }: Rereading) {
  return (
    <Button size="small" className="scripted mt-2.5 print:hidden" disabled={isRetrying} onClick={onRetry}>
      {isRetrying ? 'Reading…' : 'Read again'}
    </Button>
  )
}
