export function DocumentPage() {
  return <h1>Paper</h1>
}
