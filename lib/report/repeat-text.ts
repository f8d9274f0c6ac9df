import { endingText } from './ending-text.ts'
import type { CpuFloor, LargePages, Machine, ModelRun } from './machine.ts'
import type { ReportJob } from './model.ts'

type Unlooked = NonNullable<CpuFloor['unlooked']>

/** Sentences on what repeating a run on other processors and with larger pages has shown. Foreign text inside. */
export function repeatTexts({
  escalated,
  cpuFloor,
  largePages,
}: Pick<ReportJob, 'escalated' | 'cpuFloor' | 'largePages'>): string[] {
  return [
    ...(escalated ? [escalatedText(escalated)] : []),
    ...(cpuFloor ? [cpuFloorText(cpuFloor)] : []),
    ...(largePages ? [largePagesText(largePages)] : []),
  ]
}

function escalatedText({ from, ending: { reason, evidence } }: NonNullable<ReportJob['escalated']>): string {
  return `It was run natively after emulation on ${from} could not tell: ${endingText(reason, evidence)}`
}

const FLOOR_UNLOOKED: Readonly<Record<Unlooked, string>> = {
  native: 'it ran natively, on the one processor that is there',
  'no-models': 'which processors an emulator of this platform can be told to be is not known',
  'not-passed': 'it did not pass, and not for want of a newer processor',
  'no-witness': 'what the emulator makes of QEMU_CPU could not be seen here',
  'not-taken': 'the emulator did not become any of the processors it was told to be',
}

/** “It needs POWER9: it passed there, and on POWER8 it died.” */
export function cpuFloorText({ needs, lowest, fallback, runs, unlooked }: CpuFloor): string {
  const refusals = runs.flatMap(({ refused }) => refused || [])
  if (unlooked)
    return sentence(`Which processor it needs was not looked at: ${FLOOR_UNLOOKED[unlooked]}`, refusals[0])
  const parts = runs.map(modelText)
  const [only] = runs
  const died = fallback === undefined ? '' : `; on ${fallback}, the emulator’s own choice, it died`
  if (needs !== undefined) return `It needs ${needs}: ${parts.join('; ')}${died}.`
  if (lowest === undefined)
    return `It passed on none of the processors that were tried: ${parts.join('; ')}${died}.`
  if (lowest === only?.cpu) return `It needs no newer processor than ${lowest}: ${parts.join('; ')}.`
  return `It passes on ${lowest}; whether on older ones is not known: ${parts.join('; ')}.`
}

function modelText({ cpu, ending, refused }: ModelRun): string {
  if (ending === undefined) return `${cpu} not judged${refused ? ` (${refused.replace(/\.$/, '')})` : ''}`
  if (ending.verdict === 'passed') return `${cpu} passed`
  const text = endingText(ending.reason, ending.evidence)
  return `${cpu} ${ending.reason === 'illegal-instruction' ? 'died of an unknown instruction' : `did not: ${text.replace(/\.$/, '')}`}`
}

const PAGES_UNLOOKED: Readonly<Record<Unlooked, string>> = {
  native: 'it ran natively, and that kernel has others',
  'no-models': '',
  'not-passed': 'it did not pass as it is',
  'no-witness': 'what the emulator makes of QEMU_PAGESIZE could not be seen here',
  'not-taken': 'the emulator did not take them',
}

/** QEMU maps what a kernel with such pages refuses. */
const EMULATED_PROOF =
  'Under emulation that does not prove that a kernel with such pages can load its files: ELF-004 looks at their alignment.'

/** What a pass does not prove is said with it. */
export function largePagesText({
  wantedBytes,
  seenBytes,
  ending,
  unlooked,
  refused,
  durationMs,
}: LargePages): string {
  const pages = `pages of ${wantedBytes / 1024} KiB`
  if (unlooked) {
    const has = seenBytes === undefined || seenBytes === wantedBytes ? '' : ` (${seenBytes / 1024} KiB)`
    return sentence(`How it does with ${pages} was not looked at: ${PAGES_UNLOOKED[unlooked]}${has}`, refused)
  }
  if (ending?.verdict !== 'passed') {
    const text = ending ? endingText(ending.reason, ending.evidence) : ''
    return `With ${pages} it did not pass: ${text}`
  }
  return `It passes with ${pages}${durationMs === undefined ? ', which that kernel has.' : `. ${EMULATED_PROOF}`}`
}

/** “POWER9, by QEMU 7.2.22 (Debian 1:7.2+dfsg-7); pages of 4 KiB”; undefined where nothing is known. */
export function machineText({ cpu, emulator, pageSizeBytes }: Machine): string | undefined {
  const by = emulator === undefined ? cpu : cpu === undefined ? `by ${emulator}` : `${cpu}, by ${emulator}`
  const pages = pageSizeBytes === undefined ? undefined : `pages of ${pageSizeBytes / 1024} KiB`
  return [by, pages].filter((part) => part !== undefined).join('; ') || undefined
}

function sentence(text: string, words: string | undefined): string {
  return words ? `${text} (“${words}”).` : `${text}.`
}
