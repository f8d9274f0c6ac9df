import { NotHere } from '#components/ui/not-here.tsx'

export default function LinkNotFound() {
  return (
    <NotHere title="This link shows nothing">
      Whoever shared the report may have revoked the link, or a part of it got lost when it was copied. Ask
      them for a new one.
    </NotHere>
  )
}
