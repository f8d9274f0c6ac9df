/** How people call a kind of engine. */
export const ENGINE_NAMES = { docker: 'Docker', podman: 'Podman' } as const
