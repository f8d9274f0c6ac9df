'use client'

import { cn } from '#components/ui/cn.ts'
import { SelectChip } from '#components/ui/select-chip.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { FilesResponse } from '#lib/api/files.ts'
import { CONTENTS_VIEWS, contentsPath, type ContentsView as View } from '#lib/client/page-paths.ts'
import { BinariesView } from './binaries-view.tsx'
import type { ContentsPlatform, PartProps } from './contents-platform.ts'
import { FilesView } from './files-view.tsx'
import { LayersView } from './layers-view.tsx'
import { PackagesView } from './packages-view.tsx'

interface ContentsViewProps {
  readonly reference: string
  /** Those that can be read; at least one. */
  readonly platforms: readonly ContentsPlatform[]
  /** The top of the file tree that the address names, where no layer had to be read for it. */
  readonly outline: FilesResponse | undefined
}

const TITLES = { layers: 'Layers', files: 'Files', packages: 'Packages', binaries: 'Binaries' } as const

/** One platform of an image from inside; which one and which part of it stand in the address. */
export function ContentsView({ reference, platforms, outline }: ContentsViewProps) {
  const [address, change] = useAddress()
  const asked = address.get('platform')
  const chosen = asked === null ? platforms[0] : platforms.find(({ platform }) => platform === asked)
  const view = CONTENTS_VIEWS.find((each) => each === address.get('view')) ?? 'files'
  return (
    <>
      <div className="mt-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2 border-line border-b">
        <nav aria-label="Parts" className="flex gap-x-5">
          {CONTENTS_VIEWS.map((each) => (
            <a
              key={each}
              href={contentsPath(reference, chosen?.platform, each)}
              aria-current={each === view ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                change({ view: each, q: '', type: '', layer: '', path: '' })
              }}
              className={cn(
                '-mb-px border-b-2 py-2 transition-colors',
                each === view ? 'border-ink text-ink' : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {TITLES[each]}
            </a>
          ))}
        </nav>
        <SelectChip
          label="Platform"
          className="mono mb-2"
          value={chosen?.platform ?? ''}
          onChange={(event) => change({ platform: event.target.value, layer: '' })}
        >
          {chosen === undefined && <option value="">choose a platform</option>}
          {platforms.map(({ platform }) => (
            <option key={platform} value={platform}>
              {platform}
            </option>
          ))}
        </SelectChip>
      </div>
      {chosen === undefined ? (
        <p role="status" className="card mt-5 px-[18px] py-3.5">
          There is no readable image for {asked} here. It has{' '}
          {platforms.map(({ platform }) => platform).join(', ')}.
        </p>
      ) : (
        <Part
          key={chosen.platform}
          view={view}
          reference={reference}
          platform={chosen}
          platforms={platforms}
          outline={outline}
        />
      )}
    </>
  )
}

interface AnyPartProps extends PartProps {
  readonly view: View
  readonly platforms: readonly ContentsPlatform[]
  readonly outline: FilesResponse | undefined
}

function Part({ view, reference, platform, platforms, outline }: AnyPartProps) {
  switch (view) {
    case 'layers':
      return <LayersView reference={reference} platform={platform} platforms={platforms} />
    case 'files':
      return <FilesView reference={reference} platform={platform} outline={outline} />
    case 'packages':
      return <PackagesView reference={reference} platform={platform} />
    case 'binaries':
      return <BinariesView reference={reference} platform={platform} />
  }
}
