import { DiffSkeleton } from '#components/diff/diff-skeleton.tsx'

export default function Loading() {
  return <DiffSkeleton />
}
