import type { ReactNode } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCount } from '#components/ui/plural.ts'
import type { LayerDto } from '#lib/api/image.ts'
import type { ContentsOf } from '#lib/client/contents-queries.ts'
import { FileContent } from './file-content.tsx'
import type { FileEntry } from './file-tree-model.ts'
import { LayerMark, layerCommand } from './layer-mark.tsx'

interface FileFactsProps {
  readonly of: ContentsOf
  readonly entry: FileEntry | undefined
  /** What the address asks for. */
  readonly path: string | undefined
  readonly layers: readonly LayerDto[]
  readonly complete: boolean
  /** More paths are on their way. */
  readonly isPartial: boolean
}

/** What is known of the path that is chosen. */
export function FileFacts({ of, entry, path, layers, complete, isPartial }: FileFactsProps) {
  return (
    <section aria-label="Chosen path" className="card px-3.5 py-3 lg:sticky lg:top-20">
      {entry === undefined ? (
        <p className="text-muted">
          {path === undefined ? (
            'Choose a path to see its owner, its hash and the layer that brought it.'
          ) : (
            <>
              <span className="mono break-all">
                <ForeignText text={path} maxLength={400} />
              </span>{' '}
              {isPartial
                ? 'is looked for…'
                : complete
                  ? 'has no entry of its own in this image.'
                  : 'is not in the layers that could be read.'}
            </>
          )}
        </p>
      ) : (
        <>
          <Facts entry={entry} layers={layers} />
          {(entry.type === 'file' || entry.type === 'symlink') && (
            <div className="mt-3 border-line border-t pt-3">
              <FileContent key={entry.path} of={of} path={entry.path} />
            </div>
          )}
        </>
      )}
    </section>
  )
}

function Facts({ entry, layers }: { entry: FileEntry; layers: readonly LayerDto[] }) {
  const { path, type, mode, uid, gid, sizeBytes, linkTarget, hardLinkTo, sha256, layer } = entry
  return (
    <>
      <h2 className="mono flex items-start gap-1 break-all font-[560]">
        <span className="min-w-0">
          <ForeignText text={`/${path}`} maxLength={1_000} />
        </span>
        <CopyButton text={`/${path}`} label="Copy the path" className="-my-[3px]" />
      </h2>
      <dl className="mt-2 grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-1">
        <Fact name="Kind">{type.replace('-', ' ')}</Fact>
        {type === 'file' && (
          <Fact name="Size">
            {formatBytes(sizeBytes)} <span className="text-muted">({formatCount(sizeBytes)} bytes)</span>
          </Fact>
        )}
        <Fact name="Mode">
          <span className="mono">{mode}</span>
        </Fact>
        <Fact name="Owner">
          <span className="mono">
            {uid}:{gid}
          </span>
        </Fact>
        {linkTarget !== undefined && (
          <Fact name="Links to">
            <span className="mono break-all">
              <ForeignText text={linkTarget} maxLength={1_000} />
            </span>
          </Fact>
        )}
        {hardLinkTo !== undefined && (
          <Fact name="Same as">
            <span className="mono break-all">
              <ForeignText text={`/${hardLinkTo}`} maxLength={1_000} />
            </span>
          </Fact>
        )}
        {sha256 !== undefined && (
          <Fact name="SHA-256">
            <span className="flex items-start gap-1">
              <span className="mono min-w-0 break-all">{sha256}</span>
              <CopyButton text={sha256} label="Copy the SHA-256" className="-my-[3px]" />
            </span>
          </Fact>
        )}
        <Fact name="Layer">
          <LayerMark layer={layer} layers={layers} />
          <span className="mono mt-0.5 block break-words text-muted">
            <ForeignText text={layerCommand(layers, layer)} maxLength={300} />
          </span>
        </Fact>
      </dl>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
