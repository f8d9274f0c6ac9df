import { describe, expect, test } from 'vitest'
import { historyLine } from './history-line.ts'

describe('a history line reads as a Dockerfile would', () => {
  test.each([
    ['/bin/sh -c #(nop)  CMD ["nginx" "-g"]', 'CMD', '["nginx" "-g"]'],
    ['/bin/sh -c #(nop) ADD file:0a1b in / ', 'ADD', 'file:0a1b in /'],
    ['/bin/sh -c #(nop)  EXPOSE map[80/tcp:{} 443/tcp:{}]', 'EXPOSE', '80/tcp 443/tcp'],
    ['EXPOSE map[8080/tcp:{}]', 'EXPOSE', '8080/tcp'],
    ['/bin/sh -c apt-get update', 'RUN', 'apt-get update'],
    ['/bin/sh -c set -x \t\t&& make   all', 'RUN', 'set -x && make all'],
    ['RUN /bin/sh -c apk add curl # buildkit', 'RUN', 'apk add curl'],
    ['RUN |2 A=1 B=two words /bin/sh -c make # buildkit', 'RUN', 'make'],
    ['|1 VERSION=1.2 /bin/sh -c make install', 'RUN', 'make install'],
    ['RUN /bin/bash -o pipefail -c make # buildkit', 'RUN', 'make'],
    ['RUN /bin/ash -eo pipefail -c make', 'RUN', 'make'],
    ['COPY app /app # buildkit', 'COPY', 'app /app'],
    ['WORKDIR /srv', 'WORKDIR', '/srv'],
    ['cmd /S /C #(nop) ENV A=1', 'ENV', 'A=1'],
    ['cmd /S /C dir C:\\', 'RUN', 'dir C:\\'],
    ['powershell -Command Write-Host hi', 'RUN', 'Write-Host hi'],
    ['CMD', 'CMD', ''],
    ['ko build ko://example.com/app', '', 'ko build ko://example.com/app'],
    ['/bin/sh -c #(nop) something new', '', 'something new'],
    ['|1 A=b and no shell at all', '', '|1 A=b and no shell at all'],
    ['ADDRESS of nothing', '', 'ADDRESS of nothing'],
    ['', '', ''],
  ])('%s', (createdBy, instruction, rest) => {
    expect(historyLine(createdBy)).toEqual({ instruction, rest })
  })

  test('and a huge one costs nothing', () => {
    const line = historyLine(`RUN |9 ${'a=b '.repeat(1_000_000)}`)
    expect(line.rest.length).toBeLessThan(2_001)
  })
})
