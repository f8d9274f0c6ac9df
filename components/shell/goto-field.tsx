'use client'

import { ArrowRight, LoaderCircle, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useState, useTransition } from 'react'
import { cn } from '#components/ui/cn.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import type { Destination } from './destination.ts'

/** Understanding what was typed is loaded with the first focus, not with every page. */
const loadUnderstanding = () => import('./destination.ts')

async function understand(text: string): Promise<Destination> {
  try {
    return (await loadUnderstanding()).destinationOf(text)
  } catch (error) {
    return { kind: 'nowhere', problem: problemOf(error) }
  }
}

interface GotoFieldProps {
  /** `bar` sits in the header, `hero` stands alone on the home page. */
  readonly look: 'bar' | 'hero'
}

/** The one field: takes a repository, a reference or a pasted address and goes to its page; says why it cannot. */
export function GotoField({ look }: GotoFieldProps) {
  const router = useRouter()
  const errorId = useId()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<ProblemDto>()
  const [isGoing, startGoing] = useTransition()
  const isHero = look === 'hero'

  const go = () => {
    if (text.trim() === '') return
    startGoing(async () => {
      const destination = await understand(text)
      setProblem(destination.kind === 'nowhere' ? destination.problem : undefined)
      if (destination.kind === 'nowhere') return
      router.push(destination.path)
      if (!isHero) setText('')
    })
  }

  const Icon = isGoing ? LoaderCircle : Search
  return (
    <search className={cn('relative min-w-0', isHero ? 'w-full' : 'max-w-[560px] flex-1')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
        className={cn(
          'flex items-center gap-2 rounded-control border outline-accent transition-colors focus-within:border-accent focus-within:bg-surface has-[input:focus-visible]:outline-2 has-[input:focus-visible]:-outline-offset-1',
          problem ? 'border-fail' : 'border-line',
          isHero ? 'h-12 bg-surface pr-1.5 pl-4 shadow-float' : 'h-[35px] bg-sunken pr-2.5 pl-3',
        )}
      >
        <Icon
          aria-hidden="true"
          className={cn(
            'shrink-0 text-muted',
            isGoing && 'animate-spin',
            isHero ? 'size-[18px]' : 'size-3.5',
          )}
        />
        <input
          data-goto-field=""
          type="text"
          enterKeyHint="go"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-label="Repository, image or registry URL"
          aria-keyshortcuts="/"
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? errorId : undefined}
          placeholder="Repository, image or registry URL"
          value={text}
          onFocus={() => void loadUnderstanding().catch(() => undefined)}
          onChange={(event) => {
            setText(event.target.value)
            setProblem(undefined)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            setProblem(undefined)
            event.currentTarget.blur()
          }}
          className={cn(
            'min-w-0 flex-1 text-ellipsis bg-transparent outline-none',
            isHero ? 'text-lead' : 'text-body max-sm:text-lead',
          )}
        />
        {isHero ? (
          <button
            type="submit"
            className="inline-flex h-9 items-center gap-1.5 rounded-[6px] bg-ink px-3.5 font-[550] text-page transition-opacity hover:opacity-90"
          >
            Open
            <ArrowRight aria-hidden="true" className="size-4" />
          </button>
        ) : (
          <span aria-hidden="true" className="max-sm:hidden">
            <kbd className="rounded-[4px] border border-line bg-surface px-1.5 text-micro leading-[18px] text-muted">
              /
            </kbd>
          </span>
        )}
      </form>
      {problem && (
        <div
          id={errorId}
          role="alert"
          className={cn(
            'rounded-control border border-line border-l-[3px] border-l-fail bg-surface px-3.5 py-2.5 shadow-float',
            isHero
              ? 'mt-2'
              : 'absolute inset-x-0 top-full z-10 mt-1.5 max-sm:fixed max-sm:inset-x-3 max-sm:top-14',
          )}
        >
          <p className="break-words">{problem.detail}</p>
          {problem.hint !== undefined && <p className="mt-1 break-words text-muted">{problem.hint}</p>}
        </div>
      )}
    </search>
  )
}
