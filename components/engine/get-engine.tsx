import type { ReactNode } from 'react'
import { CodeLine } from '#components/image/code-line.tsx'
import { Section } from '#components/ui/section.tsx'
import { CodeBlock } from './code-block.tsx'

/** How to get an engine, for whoever has none. */
export function GetEngine() {
  return (
    <Section title="Get an engine">
      <div className="grid gap-2.5 md:grid-cols-3">
        <Way title="Docker on this machine">
          <p>Archway finds its socket by itself, once this user may open it.</p>
          <CodeLine line="sudo systemctl enable --now docker" what="start Docker" />
          <CodeLine line="sudo usermod -aG docker $USER" what="join the group" />
        </Way>
        <Way title="Podman on this machine">
          <p>Podman runs without root, and serves the same API.</p>
          <CodeLine line="systemctl --user enable --now podman.socket" what="start Podman" />
        </Way>
        <Way title="Another machine">
          <p>
            Point <code className="mono">DOCKER_HOST</code> to it, or name it in{' '}
            <code className="mono">archway.yaml</code> and start Archway again.
          </p>
          <CodeBlock text={snippet('build-1')} what="the lines of archway.yaml" />
        </Way>
      </div>
      <p className="mt-3 text-muted">
        A socket that appears is found when this page asks again, which it does by itself.
      </p>
    </Section>
  )
}

/** How to get the platforms that nothing runs. */
export function FillHoles({ platforms }: { platforms: readonly string[] }) {
  const [first = 'linux/ppc64le'] = platforms
  return (
    <Section title={`Get ${new Intl.ListFormat('en').format(platforms)} to run`}>
      <div className="grid gap-2.5 md:grid-cols-2">
        <Way title="Emulated, by QEMU">
          <p>On the engine’s machine; one of these, the first until that machine restarts.</p>
          <CodeLine
            line="docker run --privileged --rm tonistiigi/binfmt --install all"
            what="install emulators"
          />
          <CodeLine line="sudo apt-get install qemu-user-static" what="install QEMU" />
        </Way>
        <Way title="Natively, on a machine that has it">
          <p>
            Name its engine in <code className="mono">archway.yaml</code> and start Archway again. Native wins
            over emulated.
          </p>
          <CodeBlock text={snippet(first.split('/')[1] ?? 'power', first)} what="the lines of archway.yaml" />
        </Way>
      </div>
    </Section>
  )
}

function Way({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="card grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-2 px-[18px] py-3.5">
      <h3 className="font-[620]">{title}</h3>
      {children}
    </div>
  )
}

function snippet(name: string, platform?: string): string {
  return [
    'discover: true',
    'engines:',
    `  - name: ${name}`,
    `    address: tcp://${name}.example:2376`,
    '    tls:',
    '      ca: certs/ca.pem',
    '      cert: certs/cert.pem',
    '      key: certs/key.pem',
    ...(platform === undefined ? [] : [`    platforms: [${platform}]`]),
  ].join('\n')
}
