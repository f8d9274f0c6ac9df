import Link from 'next/link'
import { VerdictMark } from '#components/run/verdict-mark.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import { reportPath } from '#lib/client/page-paths.ts'
import type { Verdict } from '#lib/report/verdict.ts'

export interface RememberedRunProps {
  readonly run: {
    readonly id: string
    readonly verdict?: Verdict
    readonly digest: string
    readonly finishedAt: string
  }
}

/** What is known of an image whose registry does not answer: its last report needs no registry. */
export function RememberedRun({ run: { id, verdict, digest, finishedAt } }: RememberedRunProps) {
  return (
    <section
      aria-labelledby="last-report"
      className="card mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-[18px] py-3.5"
    >
      <div className="min-w-0">
        <h2 id="last-report" className="font-[620]">
          Its last report is here
        </h2>
        <p className="mt-0.5 flex flex-wrap items-baseline gap-x-2.5 text-muted">
          {verdict && <VerdictMark verdict={verdict} />}
          <span>
            run <TimeAgo at={finishedAt} />, pinned to <DigestText digest={digest} algorithm copy="none" />
          </span>
        </p>
        <p className="mt-0.5 text-muted text-note">
          It is about that digest; what the tag names now, only the registry can tell.
        </p>
      </div>
      <Link href={reportPath(id)} prefetch={false} className={buttonClass()}>
        Open the report
      </Link>
    </section>
  )
}
