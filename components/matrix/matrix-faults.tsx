import { ForeignText } from '#components/image/foreign-text.tsx'
import { ReadAgain, type Rereading } from '#components/ui/read-again.tsx'
import type { LeftOutDto, MatrixPlatformDto, MatrixResponse } from '#lib/api/matrix.ts'
import { shortDigest } from '#lib/oci/digest.ts'

interface Fault {
  readonly key: string
  readonly name: string
  readonly text: string
  readonly code?: string | undefined
}

interface MatrixFaultsProps extends Rereading {
  readonly matrix: MatrixResponse
}

/** What could not be looked at, why, and what that means for the cells below. Nothing where all could. */
export function MatrixFaults({ matrix: { platforms, leftOut }, ...rereading }: MatrixFaultsProps) {
  const faults = [...platforms.flatMap(faultsOf), ...leftOut.flatMap(leftOutFault)]
  if (faults.length === 0) return null
  return (
    <div role="alert" className="card mt-3 border-l-[3px] border-l-warn px-[18px] py-3.5">
      <p className="font-[620]">Not everything could be looked at</p>
      <p className="mt-0.5 text-muted">
        What a platform seems to lack because of it is “not looked at” below, never missing.
      </p>
      <ul className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {faults.map(({ key, name, text, code }) => (
          <li key={key} className="break-words">
            <span className="mono">{name}</span>: <ForeignText text={text} maxLength={600} />{' '}
            {code !== undefined && <span className="mono text-muted">{code}</span>}
          </li>
        ))}
      </ul>
      {platforms.some(isUnread) && <ReadAgain {...rereading} />}
    </div>
  )
}

/** Another reading may bring what this one did not. */
function isUnread({ problem, layers = [] }: MatrixPlatformDto): boolean {
  return problem !== undefined || layers.some(({ state }) => state === 'failed')
}

function faultsOf({ platform, problem, layers = [], unreadDatabases = [] }: MatrixPlatformDto): Fault[] {
  return [
    ...(problem ? [{ key: platform, name: platform, text: problem.detail, code: problem.code }] : []),
    ...layers.flatMap(({ digest, problem: why, state }, at) =>
      state === 'failed'
        ? [
            {
              key: `${platform} ${at}`,
              name: platform,
              text: `layer ${at + 1}, ${shortDigest(digest)}: ${why?.detail ?? 'no reason is known.'}`,
              code: why?.code,
            },
          ]
        : [],
    ),
    ...unreadDatabases.map(({ type, path, message, code }) => ({
      key: `${platform} ${path}`,
      name: platform,
      text: `the ${type} database ${path}: ${message}`,
      code,
    })),
  ]
}

const REASONS: Partial<Record<LeftOutDto['reason'], string>> = {
  shadowed: 'is listed again; clients take the entry that comes first, and so does this table.',
  'no-platform': 'nothing says which platform it is for.',
  unread: 'a nested index, which could not be read.',
}

function leftOutFault({ platform, digest, reason }: LeftOutDto): Fault[] {
  const text = REASONS[reason]
  const name = [platform, shortDigest(digest)].filter((part) => part !== undefined).join(' ')
  return text === undefined ? [] : [{ key: `${digest} ${reason}`, name, text }]
}
