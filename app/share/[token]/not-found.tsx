export default function LinkNotFound() {
  return (
    <div className="mx-auto max-w-lg py-16 text-center">
      <p className="mono text-muted">404</p>
      <h1 className="mt-2 font-[620] text-title tracking-[-0.015em]">This link shows nothing</h1>
      <p className="mt-2 text-muted">
        Whoever shared the report may have revoked the link, or a part of it got lost when it was copied. Ask
        them for a new one.
      </p>
    </div>
  )
}
