const FIELDS: Readonly<Record<string, string>> = {
  entrypoint: 'Entrypoint',
  cmd: 'Command',
  env: 'Environment',
  user: 'User',
  workingDir: 'Working folder',
  exposedPorts: 'Port',
  volumes: 'Volume',
  labels: 'Label',
  stopSignal: 'Stop signal',
  healthcheck: 'Health check',
  created: 'Built at',
}

/** A field of a config in words, also one that this page does not know yet. */
export function configWord(field: string): string {
  return FIELDS[field] ?? field
}
