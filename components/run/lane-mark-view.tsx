import { Mark } from '#components/ui/mark.tsx'
import { ActivityMark } from './activity-mark.tsx'
import type { LaneMark } from './lane-model.ts'
import { VerdictMark } from './verdict-mark.tsx'

/** A lane's verdict, or what goes on. */
export function LaneMarkView({ mark }: { mark: LaneMark }) {
  switch (mark.kind) {
    case 'verdict':
      return <VerdictMark verdict={mark.verdict} />
    case 'cancelled':
      return <Mark tone="skip">Cancelled</Mark>
    case 'activity':
      return <ActivityMark word={mark.word} isMoving={mark.isMoving} />
  }
}
