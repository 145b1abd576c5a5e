/** A calm full-screen message for the times when there is nothing to show. */
export function MessageScreen({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <main className="message" role="status">
      <p className="message-place">Điều hành chuyển đổi số – Khánh Hòa</p>
      <h1>{title}</h1>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </main>
  );
}
