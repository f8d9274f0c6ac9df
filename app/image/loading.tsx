import { ImageSkeleton } from '#components/image/image-skeleton.tsx'

export default function Loading() {
  return <ImageSkeleton />
}
