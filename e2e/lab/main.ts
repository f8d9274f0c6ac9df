/**
 * The laboratory for people: `npm run lab [-- --tags 20000]`. Starts every registry, fills them, says what
 * there is to try, and runs until Ctrl-C.
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { startLab } from './lab.ts'
import { labLogin } from './login.ts'
import { ensurePackages } from './prepare.ts'
import { seedChecks } from './seed-checks.ts'
import { seedMany } from './seed-many.ts'
import { seedOdd } from './seed-odd.ts'
import { seedPrivate } from './seed-private.ts'
import { seedSample } from './seed-sample.ts'

const { values } = parseArgs({ options: { tags: { type: 'string', default: '1000' } } })
const kinds = ['open', 'basic', 'token'] as const

const features = ['registry', 'basic', 'token'] as const
const readiness = await ensurePackages(features)
const reasons = features.flatMap((feature) => readiness.reason(feature) ?? [])
if (reasons.length > 0) {
  console.error(`The laboratory ${reasons[0]}`)
  process.exit(1)
}

const lab = await startLab({ registries: kinds })
const sample = await seedSample(lab.registry('open'))
const odd = await seedOdd(lab.registry('open'))
const checks = await seedChecks(lab.registry('open'))
const many = await seedMany(lab.registry('open'), { count: Number(values.tags) })
const basic = await seedPrivate(lab.registry('basic'))
const token = await seedPrivate(lab.registry('token'))

console.log(`
The laboratory is up (process ${process.pid}, files in ${lab.folder}).

Open registry        ${lab.registry('open').url}
  ${sample.reference}
    ${sample.releases.length} releases, newest ${sample.newest.version}; linux/ppc64le lost at ${sample.lostAt}, back at ${sample.backAt}
    ${sample.moved.tag} was built again after ${sample.moved.release.version} was joined
  ${many.reference}
    ${many.tags.length} tags, ${many.withoutPower.length} without linux/ppc64le
  ${odd.reference}
${Object.values(odd.tags)
  .map((each) => `    :${each.tag.padEnd(22)} ${each.says}`)
  .join('\n')}

  For every check what it finds, and images in which none finds anything
${[...Object.values(checks.wrong), ...Object.values(checks.clean), ...checks.stories]
  .map((each) => `    ${each.reference.padEnd(46)} ${each.finds.join(', ') || 'clean'}`)
  .join('\n')}

Registry with a login    ${lab.registry('basic').url}   user ${labLogin.username}, password ${labLogin.password}
  ${basic.private.reference}
  ${basic.public.reference}

Registry with tokens     ${lab.registry('token').url}   same user; from ${lab.tokenServer.url}
  ${token.private.reference}   with the login
  ${token.public.reference}    without

Ctrl-C stops everything and removes the files.`)

await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await lab.stop()
