import type { ReactNode } from 'react'
import { machineWords } from '#components/engine/machine-words.ts'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { formatDuration } from '#components/ui/duration.ts'
import { TONE_TEXT } from '#components/ui/tone-icon.tsx'
import type { ReportJobDto } from '#lib/api/reports.ts'
import { ENGINE_NAMES } from '#lib/report/engine-names.ts'
import type { ReportEngine, ReportTruths } from '#lib/report/model.ts'
import { seenTexts } from '#lib/report/service-text.ts'

/** Where and how one platform ran: image, engine, machine, emulation, what executed, how it ended. */
export function JobFacts({ job }: { job: ReportJobDto }) {
  const { platform, digest, sizeBytes, engine, truths, execution, submitted, faultText } = job
  // Who emulates stands at “Run”; what runs natively sees nothing of an emulator.
  const isOther = execution?.mode === 'native' && engine?.emulator !== undefined
  const seen = engine && !isOther ? machineWords({ ...engine, emulator: undefined }) : ''
  return (
    <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 print:gap-y-0.5">
      {faultText && <Fact name="At fault">{faultText}</Fact>}
      <Fact name="Image">
        {digest === undefined ? (
          'none of this platform'
        ) : (
          <>
            <DigestText digest={digest} of={platform} algorithm copy="always" className="print:hidden" />
            <span className="hidden break-all font-mono text-[0.6rem] print:inline">{digest}</span>
            {sizeBytes !== undefined && <span className="text-muted"> {formatBytes(sizeBytes)}</span>}
          </>
        )}
      </Fact>
      <Fact name="Engine">{engine ? <EngineName engine={engine} /> : 'none'}</Fact>
      {engine && (
        <Fact name="Machine">
          <ForeignText text={`${engine.architecture}, kernel ${engine.kernel}`} maxLength={200} />
        </Fact>
      )}
      {submitted && (
        <Fact name="Submitted">
          by <ForeignText text={submitted.by} maxLength={200} />, from that machine
        </Fact>
      )}
      {execution && (
        <Fact name="Run">
          <ForeignText text={runOf(job)} maxLength={300} />
        </Fact>
      )}
      {seen !== '' && (
        <Fact name="Programs see">
          <ForeignText text={seen} maxLength={300} />
        </Fact>
      )}
      {seenTexts(execution?.service ?? {}).map(([name, text]) => (
        <Fact key={name} name={name}>
          <ForeignText text={text} maxLength={1_000} />
        </Fact>
      ))}
      {truths.engine && !truths.engine.agrees && (
        <Fact name="Engine says">
          <span className={TONE_TEXT.fail}>
            the image is for <ForeignText text={truths.engine.platform} maxLength={100} className="mono" />
          </span>
        </Fact>
      )}
      {truths.binaries && (
        <Fact name="Executed">
          <Executed binaries={truths.binaries} />
        </Fact>
      )}
      {execution && (
        <Fact name="Ended">
          {execution.exitCode === undefined ? 'without an exit code' : `exit code ${execution.exitCode}`}{' '}
          after {formatDuration(execution.durationMs)}
          {execution.attempts > 1 && `, in attempt ${execution.attempts}`}
          {execution.timedOut &&
            (execution.service ? '; stopped when all was seen' : '; stopped when its time was up')}
          {execution.oomKilled && '; killed at its memory limit'}
        </Fact>
      )}
    </dl>
  )
}

function EngineName({ engine: { kind, version, name } }: { engine: ReportEngine }) {
  return <ForeignText text={`${ENGINE_NAMES[kind]} ${version} on ${name}`} maxLength={200} />
}

/** A mislabelled binary of the engine's own architecture runs natively, whatever its label says. */
function runOf({ execution, engine, platform, truths }: ReportJobDto): string {
  if (execution?.mode === 'emulated') {
    return `emulated, by ${engine?.emulator ?? 'the emulator that the machine has registered'}`
  }
  return truths.binaries?.match === 'differ'
    ? `natively: what ran is a program of the machine’s own architecture, not of ${platform}`
    : 'natively'
}

/** Every path from the entrypoint to the binary, and what each binary is. */
function Executed({ binaries: { chain, programs } }: { binaries: NonNullable<ReportTruths['binaries']> }) {
  const elfs = new Map(programs.map((program) => [program.path, program]))
  const paths = [...new Set([...chain, ...elfs.keys()])]
  if (paths.length === 0) return 'nothing'
  return (
    <ul className="grid gap-0.5">
      {paths.map((path) => {
        const program = elfs.get(path)
        return (
          <li key={path} className="min-w-0">
            <ForeignText text={path} maxLength={300} className="mono break-all" />
            {program && (
              <span className={program.match === 'differs' ? TONE_TEXT.fail : 'text-muted'}>
                {' '}
                {program.elf}
                {program.match === 'differs' && ', of another architecture'}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted text-note leading-[1.65]">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
