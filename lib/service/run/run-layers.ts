import PQueue from 'p-queue'
import type { ImageSet } from '#lib/checks/image-set.ts'
import { withoutSettledBases } from '#lib/checks/meta-003-layers.ts'
import { type Judgement, mergeJudgements } from '#lib/checks/run-checks.ts'
import { runSetChecks } from '#lib/checks/run-layer-checks.ts'
import type { Gap } from '#lib/checks/unjudged.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import type { Repository } from '#lib/oci/reference.ts'
import type { Report } from '#lib/report/model.ts'
import { unlooked } from '../check-layers.ts'
import type { ServiceContext } from '../context.ts'
import { type ExaminedImage, examineImage } from '../examine-image.ts'
import { anySignal } from '../settle-within.ts'
import { applyPolicy } from './apply-policy.ts'
import { isReadable } from './bring-image.ts'
import type { PlannedJob, RunPlan } from './plan-run.ts'
import type { RunContext } from './run-context.ts'
import { startCommand } from './start-command.ts'

/** Of one image; a layer that is not read by then is told as not judged, and the run goes on. */
const WAIT_MS = 300_000
const WAITED = '5 minutes'
/** Images whose files are held at a time; a layer that they share is read once. */
const IMAGES_AT_ONCE = 2

/** What the layers of one image came to, or why nothing did. */
export type LayerLook =
  | { readonly kind: 'seen'; readonly image: ExaminedImage; readonly judgement: Judgement }
  | { readonly kind: 'unseen'; readonly judgement: Judgement }

/** The layers of a run’s images: read beside the runs, each image once, and compared when all are over. */
export class RunLayers {
  private readonly context: RunContext
  private readonly plan: RunPlan
  private readonly signal: AbortSignal | undefined
  private readonly queue = new PQueue({ concurrency: IMAGES_AT_ONCE })
  private readonly looks = new Map<string, Promise<LayerLook>>()

  constructor(context: RunContext, plan: RunPlan, signal: AbortSignal | undefined) {
    this.context = context
    this.plan = plan
    this.signal = signal
  }

  /** Looks at the image of one platform; whoever asks again gets the same look. Rejects when the run is aborted. */
  look(planned: PlannedJob): Promise<LayerLook> {
    const known = this.looks.get(planned.platform) ?? this.lookAnew(planned)
    this.looks.set(planned.platform, known)
    // It is awaited when the job is over; until then nobody may call it unhandled.
    known.catch(() => {})
    return known
  }

  get repository(): Repository {
    return this.plan.repository
  }

  /** What comparing all images of the run says. Rejects when the run is aborted. */
  async compare(): Promise<{ readonly set: ImageSet; readonly judgement: Judgement }> {
    const looks = await Promise.all(
      this.plan.jobs.filter(({ image }) => image !== undefined).map((planned) => this.look(planned)),
    )
    const set = { images: looks.flatMap((look) => (look.kind === 'seen' ? [look.image.forSet] : [])) }
    return { set, judgement: runSetChecks(set) }
  }

  private async lookAnew({ image, wanted }: PlannedJob): Promise<LayerLook> {
    const { context, plan } = this
    const { layers } = context
    const platform = platformText(wanted)
    const unseen = (gap: Gap): LayerLook => ({ kind: 'unseen', judgement: unlooked([gap]) })
    if (plan.profile.layers === false) return unseen({ reason: 'layers-not-asked', platform })
    const { os } = canonicalPlatform(wanted)
    if (os !== 'linux') return unseen({ reason: 'system-not-judged', platform, what: os })
    if (layers === undefined || image === undefined || !isReadable(image))
      return { kind: 'unseen', judgement: mergeJudgements() }
    const { digest, manifest, config } = image
    const command = startCommand(config, plan.profile)
    const chosen = { source: context.openSource(plan.repository), platform, digest, manifest, config }
    return this.queue.add(async (): Promise<LayerLook> => {
      const deadline = anySignal(AbortSignal.timeout(WAIT_MS), this.signal)
      try {
        const examined = await examineImage({ ...context, layers }, chosen, { signal: deadline, command })
        return { kind: 'seen', image: examined, judgement: examined.judgement }
      } catch (error) {
        if (this.signal?.aborted) throw error
        if (deadline.aborted) return unseen({ reason: 'layers-not-in-time', platform, what: WAITED })
        return unseen({ reason: 'layer-not-read', platform, what: toAppError(error).message })
      }
    })
  }
}

/**
 * What a report repeats of its plan, once the layers of the run’s images are compared: suspicions are settled, the policy
 * is applied. Of a run that was aborted, the plan as it was.
 */
export async function settled<Subject extends Pick<RunPlan, 'findings' | 'accepted'>>(
  context: Pick<ServiceContext, 'policy' | 'now'>,
  plan: Subject,
  layers: RunLayers,
  signal: AbortSignal | undefined,
): Promise<Subject & Pick<Report, 'checked' | 'unjudged'>> {
  const compared = await layers.compare().catch((error: unknown) => {
    if (signal?.aborted) return undefined
    throw error
  })
  if (compared === undefined) return plan
  const { set, judgement } = compared
  const { findings, accepted } = applyPolicy(context, layers.repository, judgement.findings)
  return {
    ...plan,
    findings: [...withoutSettledBases(plan.findings, set), ...findings],
    accepted: [...plan.accepted, ...accepted],
    ...toldOf(judgement),
  }
}

/** What checks looked at and what they could not, as a report keeps it; nothing where nobody was to look. */
export function toldOf({
  checked,
  unjudged,
}: Pick<Judgement, 'checked' | 'unjudged'>): Pick<Report, 'checked' | 'unjudged'> {
  return {
    ...(checked.length > 0 ? { checked: [...checked] } : {}),
    ...(unjudged.length > 0
      ? {
          unjudged: unjudged.map((each) => ({
            ...each,
            codes: [...each.codes],
            platforms: [...each.platforms],
          })),
        }
      : {}),
  }
}
