import { MatrixSkeleton } from '#components/matrix/matrix-skeleton.tsx'

export default function Loading() {
  return <MatrixSkeleton />
}
