import type { ReactNode } from 'react'
import type { ImageConfigDto } from '#lib/api/image.ts'
import { commandLine } from './command-line.ts'
import { ForeignText } from './foreign-text.tsx'

/** What the config says of the process that a container starts. What it does not say is named where it matters. */
export function ProcessFacts({ config }: { config: ImageConfigDto }) {
  const { entrypoint, cmd, user, workingDir, exposedPorts, volumes, stopSignal, healthcheck } = config
  return (
    <dl className="card divide-y divide-line">
      <Fact name="Entrypoint">{command(entrypoint)}</Fact>
      <Fact name="Cmd">{command(cmd)}</Fact>
      <Fact name="User">{user === '' ? <Quiet>not set, so root</Quiet> : <ForeignText text={user} />}</Fact>
      <Fact name="Working dir">
        {workingDir === '' ? <Quiet>not set, so /</Quiet> : <ForeignText text={workingDir} />}
      </Fact>
      {exposedPorts.length > 0 && <Fact name="Ports">{several(exposedPorts)}</Fact>}
      {volumes.length > 0 && <Fact name="Volumes">{several(volumes)}</Fact>}
      {stopSignal !== undefined && (
        <Fact name="Stop signal">
          <ForeignText text={stopSignal} />
        </Fact>
      )}
      {healthcheck !== undefined && healthcheck.length > 0 && (
        <Fact name="Healthcheck">{command(healthcheck)}</Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)] gap-3 px-3.5 py-2">
      <dt className="text-muted text-note leading-[1.6]">{name}</dt>
      <dd className="mono whitespace-pre-wrap break-words">{children}</dd>
    </div>
  )
}

function Quiet({ children }: { children: ReactNode }) {
  return <span className="font-sans text-muted">{children}</span>
}

function command(words: readonly string[]): ReactNode {
  return words.length === 0 ? <Quiet>not set</Quiet> : <ForeignText text={commandLine(words)} />
}

const MAX_SHOWN = 50

function several(values: readonly string[]): ReactNode {
  return <ForeignText text={values.slice(0, MAX_SHOWN).join('\n')} />
}
