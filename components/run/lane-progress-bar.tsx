import type { LaneProgress } from './lane-model.ts'

/** How far a pull is: a bar where the whole is known, and the bytes. */
export function LaneProgressBar({ platform, progress }: { platform: string; progress: LaneProgress }) {
  const percent = progress.share === undefined ? undefined : Math.round(progress.share * 100)
  return (
    <div className="grid gap-1">
      {percent !== undefined && (
        <div
          role="progressbar"
          aria-label={`Pull of ${platform}`}
          aria-valuenow={percent}
          aria-valuetext={progress.text}
          className="h-1.5 overflow-hidden rounded-full bg-sunken"
        >
          <div
            className="h-full bg-accent transition-[width] duration-200"
            style={{ width: `${percent}%` }}
          />
        </div>
      )}
      <p className="text-muted text-note tabular-nums">{progress.text}</p>
    </div>
  )
}
