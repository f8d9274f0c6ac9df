'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { validateTwin } from '#components/run/validate-command.ts'
import { Section } from '#components/ui/section.tsx'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { ImageResponse } from '#lib/api/image.ts'
import type { RunRequestDto } from '#lib/api/runs.ts'
import { enginesOptions } from '#lib/client/engine-queries.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { startRun } from '#lib/client/run-queries.ts'
import { AdvancedFields } from './advanced-fields.tsx'
import { chosenPlatforms, platformAddress } from './chosen-platforms.ts'
import { ElsewhereField } from './elsewhere-field.tsx'
import { EngineNotice } from './engine-notice.tsx'
import { ExpectationFields } from './expectation-fields.tsx'
import { OverridesField } from './overrides-field.tsx'
import { defaultPlatforms, platformChoices } from './platform-choices.ts'
import { PlatformPicker } from './platform-picker.tsx'
import type { FormLimits } from './platform-values.ts'
import { type ProfileChoice, ProfileField } from './profile-field.tsx'
import { costText, pullCost, pullHost, quotaWarning } from './pull-cost.ts'
import { StartPanel } from './start-panel.tsx'
import { TestsField } from './tests-field.tsx'
import { useTestsFaults } from './use-tests-faults.ts'
import { EMPTY_FORM, readForm, toRunRequest } from './validate-form.ts'
import type { ValidatedPlatform } from './validated-platforms.ts'

/** What the form needs of an image. */
interface ValidatedImage extends Pick<ImageResponse, 'reference' | 'repository'> {
  readonly platforms: readonly ValidatedPlatform[]
  readonly quota: ImageResponse['quota']
}

interface ValidateViewProps {
  readonly image: ValidatedImage
  readonly limits: FormLimits
  readonly profiles: readonly ProfileChoice[]
}

/** Puts a run together: which platforms, what is expected, what it costs; and starts it. */
export function ValidateView({ image, limits, profiles }: ValidateViewProps) {
  const router = useRouter()
  const [address, changeAddress] = useAddress()
  const [values, setValues] = useState(EMPTY_FORM)
  const engines = useQuery(enginesOptions)
  const start = useMutation({
    mutationFn: (request: RunRequestDto) => startRun(request),
    onSuccess: ({ url }) => router.push(url),
  })
  const choices = platformChoices(image.platforms, engines.data)
  const all = choices.map(({ platform }) => platform)
  const usual = defaultPlatforms(choices)
  const chosen = new Set(chosenPlatforms(address, { all, usual }))
  const picked = choices.filter(({ platform }) => chosen.has(platform))
  const names = picked.map(({ platform }) => platform)
  const { profile, problems } = readForm(values, limits, names)
  const awaited = names.filter((each) => values.awaited.includes(each))
  const here = picked.filter(({ platform }) => !awaited.includes(platform))
  const runnable = here.filter(({ offer }) => offer.kind !== 'cannot')
  const host = pullHost(image.repository)
  const cost = pullCost(runnable.map(({ entry }) => entry))
  const request = toRunRequest(image.reference, { all, chosen: names }, profile, values)
  const change = (by: Partial<typeof values>) => setValues((was) => ({ ...was, ...by }))
  const part = { values, problems, limits, onChange: change }
  const faults = useTestsFaults(problems.tests === undefined ? values.tests : '')
  const obstacle = obstacleOf(picked.length, faults.length > 0 ? { ...problems, faults } : problems)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (obstacle === undefined) start.mutate(request)
      }}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div>
          <Section title="Platforms">
            <EngineNotice
              engines={engines.data}
              problem={engines.error ? problemOf(engines.error) : undefined}
            />
            <PlatformPicker
              choices={choices}
              chosen={chosen}
              onChange={(next) => changeAddress(platformAddress(next, { all, usual }))}
            />
            <ElsewhereField
              choices={picked}
              awaited={awaited}
              onChange={(platforms) => change({ awaited: platforms })}
            />
          </Section>
          <Section title="What has to happen">
            <ProfileField
              profiles={profiles}
              value={values.profileName}
              onChange={(profileName) => change({ profileName })}
            />
            <div className="card grid gap-4 px-[18px] py-4 max-sm:px-3.5">
              <ExpectationFields {...part} example={exampleOf(names) ?? all[0]} />
            </div>
            <TestsField {...part} faults={faults} />
            <AdvancedFields {...part} />
            <OverridesField {...part} platforms={names} />
          </Section>
        </div>
        <Section title="Before it starts" className="lg:sticky lg:top-[72px] lg:self-start">
          <StartPanel
            count={picked.length}
            cost={costText(cost, host)}
            warning={quotaWarning(image.quota, cost.pulls, host)}
            awaited={awaited}
            willSkip={here.filter((each) => !runnable.includes(each)).map(({ platform }) => platform)}
            leftOut={picked.length === 0 ? [] : all.filter((platform) => !chosen.has(platform))}
            obstacle={obstacle}
            isStarting={start.isPending || start.isSuccess}
            problem={start.error ? problemOf(start.error) : undefined}
          />
        </Section>
      </div>
      {/* The command line runs what it can itself, and waits for nobody. */}
      <Twin {...validateTwin(request)} api="/api/v1/runs" body={request} />
    </form>
  )
}

/** The platform that previews are for: the one this is mostly about. */
function exampleOf(platforms: readonly string[]): string | undefined {
  return platforms.find((platform) => platform === 'linux/ppc64le') ?? platforms[0]
}

/** Why a run cannot be started yet. */
function obstacleOf(count: number, problems: object): string | undefined {
  if (count === 0) return 'Choose at least one platform.'
  return Object.keys(problems).length > 0 ? 'Put right what is marked first.' : undefined
}
