'use client'

import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'

/** Shown when a page's own code breaks; what a registry or a user can get wrong has its place on the page itself. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? ` (${String(error.digest)})` : ''
  return (
    <>
      <h1 className="mb-5 font-[620] text-title tracking-[-0.015em]">This page broke</h1>
      <ProblemPanel
        problem={{
          type: 'urn:archway:problem:page_broken',
          title: 'Something unexpected went wrong inside Archway',
          status: 500,
          detail: `The page could not be shown${digest}.`,
          code: 'page_broken',
          hint: 'Try again; if it breaks again, the server log has the details.',
        }}
        retry={<Button onClick={retry}>Try again</Button>}
      />
    </>
  )
}
