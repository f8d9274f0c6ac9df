'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import {
  ArrowRight,
  Clock,
  Grid3x3,
  House,
  ListChecks,
  type LucideIcon,
  Monitor,
  Moon,
  Package,
  Pin,
  Play,
  Server,
  Sun,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTheme } from 'next-themes'
import { useState } from 'react'
import { SAMPLE_REFERENCE } from '#components/home/sample.ts'
import { imagePath, matrixPath, repositoryPath, validatePath } from '#lib/client/page-paths.ts'
import { repositoriesOptions } from '#lib/client/repository-queries.ts'
import { destinationOf } from './destination.ts'

interface PaletteProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Everything reachable by keyboard: what is typed, what was opened or pinned, and the few commands there are. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const router = useRouter()
  const { setTheme } = useTheme()
  const [text, setText] = useState('')
  const { data } = useQuery({ ...repositoriesOptions, enabled: open })
  const repositories = data?.repositories ?? []
  const destination = text.trim() === '' ? undefined : destinationOf(text)

  const run = (action: () => void) => () => {
    onOpenChange(false)
    setText('')
    action()
  }
  const go = (path: string) => run(() => router.push(path))

  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Command palette"
      loop
      overlayClassName="fixed inset-0 z-40 bg-[rgb(0_0_0/0.35)]"
      contentClassName="fixed top-[14vh] left-1/2 z-50 w-[min(580px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-surface shadow-float outline-none"
    >
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Type a repository, an image or a command"
        className="h-12 w-full border-line border-b bg-transparent px-4 text-lead outline-none"
      />
      <Command.List className="max-h-[min(52vh,440px)] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-[550] [&_[cmdk-group-heading]]:text-note [&_[cmdk-group-heading]]:text-muted">
        {destination?.kind === 'nowhere' && (
          <Command.Empty className="px-3 py-6 text-center text-muted">
            {destination.problem.detail}
          </Command.Empty>
        )}
        {destination && destination.kind !== 'nowhere' && (
          <Command.Group
            heading={destination.kind === 'image' ? 'Open the image' : 'Open the repository'}
            forceMount
          >
            <PaletteItem forceMount value={`open ${text}`} icon={ArrowRight} onSelect={go(destination.path)}>
              <span className="mono truncate">{destination.name}</span>
            </PaletteItem>
            {destination.kind === 'image' && (
              <PaletteItem
                forceMount
                value={`validate ${text}`}
                icon={Play}
                onSelect={go(validatePath(destination.name))}
              >
                <span className="truncate">
                  Validate <span className="mono">{destination.name}</span>
                </span>
              </PaletteItem>
            )}
            {destination.kind === 'image' && (
              <PaletteItem
                forceMount
                value={`matrix ${text}`}
                icon={Grid3x3}
                onSelect={go(matrixPath(destination.name))}
              >
                <span className="truncate">
                  Compare all platforms of <span className="mono">{destination.name}</span>
                </span>
              </PaletteItem>
            )}
          </Command.Group>
        )}
        {repositories.length > 0 && (
          <Command.Group heading="Pinned and recent">
            {repositories.map(({ repository, pinned }) => (
              <PaletteItem
                key={repository}
                value={repository}
                icon={pinned ? Pin : Clock}
                onSelect={go(repositoryPath(repository))}
              >
                <span className="mono truncate">{repository}</span>
              </PaletteItem>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Go to">
          <PaletteItem icon={House} onSelect={go('/')}>
            Home
          </PaletteItem>
          <PaletteItem icon={ListChecks} onSelect={go('/runs')}>
            Runs
          </PaletteItem>
          <PaletteItem icon={Server} onSelect={go('/engines')}>
            Engines
          </PaletteItem>
          <PaletteItem icon={Package} onSelect={go(imagePath(SAMPLE_REFERENCE))}>
            Sample image
          </PaletteItem>
        </Command.Group>
        <Command.Group heading="Theme">
          <PaletteItem icon={Monitor} onSelect={run(() => setTheme('system'))}>
            Theme like the system
          </PaletteItem>
          <PaletteItem icon={Sun} onSelect={run(() => setTheme('light'))}>
            Light theme
          </PaletteItem>
          <PaletteItem icon={Moon} onSelect={run(() => setTheme('dark'))}>
            Dark theme
          </PaletteItem>
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  )
}

function PaletteItem({
  icon: Icon,
  children,
  ...props
}: React.ComponentProps<typeof Command.Item> & { icon: LucideIcon }) {
  return (
    <Command.Item
      {...props}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-[6px] px-2.5 data-[selected=true]:bg-accent-soft"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      {children}
    </Command.Item>
  )
}
