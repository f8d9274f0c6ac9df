import { expect, test } from 'vitest'
import { chosenPlatforms, platformAddress } from './chosen-platforms.ts'

const all = ['linux/amd64', 'linux/ppc64le', 'windows/amd64']
const usual = ['linux/amd64', 'linux/ppc64le']
const none: string[] = []

test.each([
  ['', usual, usual],
  ['', none, all],
  ['platform=linux/ppc64le', usual, ['linux/ppc64le']],
  ['platform=windows/amd64&platform=linux/amd64', usual, ['linux/amd64', 'windows/amd64']],
  ['platform=linux/mips', usual, usual],
  ['platform=none', usual, none],
])('the address “%s” where %j is usual chooses %j', (address, usually, chosen) => {
  expect(chosenPlatforms(new URLSearchParams(address), { all, usual: usually })).toEqual(chosen)
})

test.each([
  [usual, usual, undefined],
  [all, none, undefined],
  [all, usual, all],
  [['linux/amd64'], usual, ['linux/amd64']],
  [none, usual, ['none']],
])('%j where %j is usual stands in the address as %j', (chosen, usually, platform) => {
  expect(platformAddress(new Set(chosen), { all, usual: usually })).toEqual({ platform })
})
