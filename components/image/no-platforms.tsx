import type { ImageResponse } from '#lib/api/image.ts'

/** An index with no image in it. */
export function NoPlatforms({ image }: { image: ImageResponse }) {
  const holdsOthers = image.others.length + image.attestations.length > 0
  return (
    <div className="card mt-8 px-6 py-10 text-center">
      <p className="font-[580]">No platform to show</p>
      <p className="mx-auto mt-1 max-w-[52ch] text-muted">
        {holdsOthers
          ? 'This index lists only things that are no images. They are below, and never counted as platforms.'
          : 'This index is empty: pulling it fails on every platform. A build that failed half-way can leave one behind.'}
      </p>
    </div>
  )
}
