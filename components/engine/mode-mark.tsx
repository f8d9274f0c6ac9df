import { Mark } from '#components/ui/mark.tsx'
import type { EnginePlatformDto } from '#lib/api/engines.ts'

const LOOKS = {
  native: { tone: 'pass', word: 'Native' },
  emulated: { tone: 'info', word: 'Emulated' },
  cannot: { tone: 'fail', word: 'Cannot' },
} as const

/** How an engine runs a platform. */
export function ModeMark({ mode, withheld = false }: Pick<EnginePlatformDto, 'mode' | 'withheld'>) {
  if (withheld) return <Mark tone="skip">Not given</Mark>
  const { tone, word } = LOOKS[mode]
  return <Mark tone={tone}>{word}</Mark>
}
