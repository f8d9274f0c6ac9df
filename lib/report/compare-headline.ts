import type { Change, JobPair } from './change.ts'
import type { FindingChange } from './compare-findings.ts'
import { jobClause } from './job-clause.ts'
import type { PlatformChange } from './platform-change.ts'

/** More are counted, not named. */
const NAMED_MAX = 3
/** In this order they are counted. */
const COUNTED = ['better', 'worse', 'unclear'] as const
const COUNT_WORDS: Readonly<Record<(typeof COUNTED)[number], string>> = {
  better: 'better',
  worse: 'worse',
  unclear: 'cannot be told',
}
/** In this order they are named: the heaviest first. */
const TOLD = ['worse', 'unclear', 'better'] as const

/**
 * What a comparison comes to in one sentence: “2 better, 1 worse; linux/s390x now fails: it died of SIGSEGV,
 * linux/ppc64le now passes under emulation.” Counted are platforms, and the image as a whole as one more.
 */
export function comparisonHeadline(
  outcome: Change,
  platforms: readonly PlatformChange[],
  whole: readonly FindingChange[],
  pairs: readonly JobPair[],
): string {
  const changed = [
    ...wholeClauses(whole),
    ...platforms.map((platform, at) => ({
      change: platform.change,
      clause: platformClause(platform, pairs[at]),
    })),
  ].filter(({ change }) => change !== 'same')
  if (changed.length === 0)
    return outcome === 'same'
      ? 'Nothing got better or worse between these reports.'
      : 'A run was cancelled, so this is not all.'
  const clauses = TOLD.flatMap((change) => changed.filter((each) => each.change === change)).map(
    ({ clause }) => clause,
  )
  const more = clauses.length - NAMED_MAX
  const named = [...clauses.slice(0, NAMED_MAX), ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
  if (changed.length === 1) return `${capital(named)}.`
  const counts = COUNTED.flatMap((change) => {
    const count = changed.filter((each) => each.change === change).length
    return count === 0 ? [] : [`${count} ${COUNT_WORDS[change]}`]
  })
  return `${counts.join(', ')}; ${named}.`
}

const WHOLE: Readonly<Record<(typeof TOLD)[number], string>> = {
  worse: 'the image as a whole has a new error',
  better: 'the image as a whole has an error less',
  unclear: 'nobody looked again at the image as a whole',
}

/** Of the whole image the heaviest speaks for all. */
function wholeClauses(whole: readonly FindingChange[]) {
  const change = TOLD.find((each) => whole.some((finding) => finding.change === each))
  return change === undefined ? [] : [{ change, clause: WHOLE[change] }]
}

function platformClause(
  { platform, presence, change, from, to }: PlatformChange,
  pair: JobPair | undefined,
): string {
  if (presence === 'gone')
    return change === 'worse' ? `${platform} is gone` : `${platform} was left out of the later run`
  if (presence === 'new')
    return `${platform} is new${to?.verdict === 'passed' ? ' and passes' : to?.verdict === 'failed' ? ' and fails' : ''}`
  const isTurned = from?.verdict !== to?.verdict
  if (isTurned && to?.verdict === 'passed')
    return `${platform} now passes${to.mode === 'emulated' ? ' under emulation' : ''}`
  if (isTurned && to?.verdict === 'failed') return withWhy(`${platform} now fails`, pair)
  if (isTurned && change === 'unclear')
    return withWhy(`${platform} ${to?.verdict === 'skipped' ? 'was skipped' : 'is inconclusive'} now`, pair)
  if (change === 'worse') return `${platform} got worse`
  return change === 'better' ? `${platform} got better` : `${platform} was not looked at as before`
}

function withWhy(said: string, pair: JobPair | undefined): string {
  const why = pair?.to && jobClause(pair.to)
  return why === undefined ? said : `${said}: ${why}`
}

/** Names of platforms stay as they are. */
function capital(text: string): string {
  return text.startsWith('the ') || text.startsWith('nobody ')
    ? `${text.charAt(0).toUpperCase()}${text.slice(1)}`
    : text
}
