import { ForeignText } from '#components/image/foreign-text.tsx'
import { SizeChart } from '#components/image/size-chart.tsx'
import { plural } from '#components/ui/plural.ts'
import type { ConfigChangeDto, DiffResponse } from '#lib/api/diff.ts'
import { configWord } from './config-words.ts'
import { DiffPart, NoDifference } from './diff-part.tsx'
import { LayerPairs } from './layer-pairs.tsx'
import { layerBars, layerPairsText } from './layer-pairs-model.ts'
import { PairTable } from './pair-table.tsx'
import type { SideNames } from './side-names.ts'

/** What the registry's JSON tells of two images: their configs and their layers. */
export function RegistryParts({ diff, names }: { diff: DiffResponse; names: SideNames }) {
  const { config, layers } = diff
  return (
    <>
      {config && (
        <DiffPart id="config" title="Config" note={`${plural(config.sameCount, 'setting')} the same`}>
          {config.changes.length === 0 ? (
            <NoDifference>Both are configured alike.</NoDifference>
          ) : (
            <PairTable
              part="config"
              caption="Differences of the configs"
              what="Setting"
              {...names}
              rows={config.changes.map((change) => ({
                id: change.key === undefined ? [change.field] : [change.field, change.key],
                name: <ConfigName change={change} />,
                from: change.from,
                to: change.to,
                folded: change.folded,
              }))}
            />
          )}
        </DiffPart>
      )}
      {layers && (
        <DiffPart id="layers" title="Layers" note={layerPairsText(layers, names.from, names.to)}>
          {layers.length === 0 ? (
            <NoDifference>Neither side has a layer.</NoDifference>
          ) : (
            <>
              <SizeChart bars={layerBars(diff, layers, names)} />
              <div className="mt-3">
                <LayerPairs pairs={layers} {...names} />
              </div>
            </>
          )}
        </DiffPart>
      )}
    </>
  )
}

function ConfigName({ change: { field, key } }: { change: ConfigChangeDto }) {
  const word = configWord(field)
  if (key === undefined) return <span>{word}</span>
  return (
    <span className="min-w-0">
      <span className="text-muted text-note">{word}</span>{' '}
      <span className="mono break-words">
        <ForeignText text={key} maxLength={300} />
      </span>
    </span>
  )
}
