import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { CodeBlock } from '#components/engine/code-block.tsx'
import { Button } from '#components/ui/button.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { FileContentDto } from '#lib/api/file.ts'
import { type ContentsOf, fileOptions } from '#lib/client/contents-queries.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { harmlessText } from './harmless-text.ts'

/** Whoever walks past a file does not want its layer read. */
const STAYED_MS = 250

/** What is in a file, where it is text; asked for when one stays on it. */
export function FileContent({ of, path }: { of: ContentsOf; path: string }) {
  const [isWanted, setIsWanted] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsWanted(true), STAYED_MS)
    return () => clearTimeout(timer)
  }, [])
  const { data, error, isFetching, refetch } = useQuery({ ...fileOptions(of, path), enabled: isWanted })
  if (data) return <Content content={data.content} />
  if (error) {
    return (
      <ProblemPanel
        problem={problemOf(error)}
        tone="warn"
        retry={
          <Button size="small" disabled={isFetching} onClick={() => void refetch()}>
            Try again
          </Button>
        }
      />
    )
  }
  return (
    <div aria-busy="true">
      <p role="status" className="text-muted text-note">
        Taking it out of its layer…
      </p>
      <Skeleton className="mt-1.5 h-16 w-full" />
    </div>
  )
}

function Content({ content }: { content: FileContentDto }) {
  switch (content.kind) {
    case 'text':
      if (content.text === '') return <p className="text-muted">The file is empty.</p>
      return (
        <div className="max-h-96 overflow-y-auto rounded-control">
          <CodeBlock text={harmlessText(content.text)} what="the content" />
        </div>
      )
    case 'binary':
      return <p className="text-muted">No text, so it is not shown.</p>
    case 'too-large':
      return <p className="text-muted">Larger than {formatBytes(content.limitBytes)}, so it is not shown.</p>
    case 'not-a-file':
      return <p className="text-muted">What the link leads to is no regular file.</p>
    case 'unavailable':
      return <p className="text-warn">It could not be shown: {content.reason}.</p>
  }
}
