import type { ReactNode } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { plural } from '#components/ui/plural.ts'
import type { EngineDto } from '#lib/api/engines.ts'
import { ENGINE_NAMES } from '#lib/report/engine-names.ts'

/** What an engine says of itself and of its machine. */
export function EngineFacts({ info }: { info: NonNullable<EngineDto['info']> }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      <Fact name="Engine">
        {ENGINE_NAMES[info.kind]} <ForeignText text={info.version} maxLength={60} />{' '}
        <span className="text-muted">· API {info.apiVersion}</span>
      </Fact>
      <Fact name="Machine">
        <ForeignText text={info.host === '' ? 'not said' : info.host} maxLength={100} />
      </Fact>
      <Fact name="System">
        <span className="mono">
          <ForeignText text={`${info.os}/${info.architecture}`} maxLength={60} />
        </span>{' '}
        <span className="text-muted">
          · kernel <ForeignText text={info.kernel === '' ? 'not said' : info.kernel} maxLength={100} />
        </span>
      </Fact>
      <Fact name="Size">
        {plural(info.cpus, 'processor')}, {formatBytes(info.memoryBytes)} of memory
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="wrap-anywhere min-w-0">{children}</dd>
    </>
  )
}
