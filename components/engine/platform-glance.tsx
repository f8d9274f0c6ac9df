import { ForeignText } from '#components/image/foreign-text.tsx'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { EngineDto } from '#lib/api/engines.ts'
import { ModeMark } from './mode-mark.tsx'
import { glanceAtPlatforms, type PlatformGlance } from './platform-glance-model.ts'

/** What can run here: the platforms in their fixed order, so that a hole catches the eye. */
export function PlatformGlanceSection({ engines }: { engines: readonly EngineDto[] }) {
  return (
    <Section title="What can run here">
      <ul className="grid grid-cols-2 gap-2.5 lg:grid-cols-4">
        {glanceAtPlatforms(engines).map((glance) => (
          <li
            key={glance.platform}
            className={cn(
              'min-w-0 rounded-card px-3.5 py-3',
              glance.kind === 'none' ? 'hole' : 'border border-line bg-surface',
            )}
          >
            <PlatformName platform={glance.platform} className="block truncate font-semibold" />
            <div className="mt-1">
              <Offer glance={glance} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Offer({ glance }: { glance: PlatformGlance }) {
  switch (glance.kind) {
    case 'native':
    case 'emulated':
      return (
        <>
          <ModeMark mode={glance.kind} />
          <p className="truncate text-muted text-note" title={glance.engines.join(', ')}>
            on <ForeignText text={glance.engines.join(', ')} />
          </p>
        </>
      )
    case 'none':
      return (
        <>
          <Mark tone="fail">Nothing runs it</Mark>
          <p className="text-muted text-note">
            {glance.withheldFrom.length === 0 ? (
              'it would be skipped'
            ) : (
              <>
                archway.yaml keeps it from <ForeignText text={glance.withheldFrom.join(', ')} />
              </>
            )}
          </p>
        </>
      )
    case 'unknown':
      return (
        <>
          <span className="text-muted">Not known yet</span>
          <p>
            <Skeleton className="h-2.5 w-20" />
          </p>
        </>
      )
  }
}
