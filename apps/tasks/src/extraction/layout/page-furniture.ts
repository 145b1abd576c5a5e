/** Times a short line must come to be the head or foot of pages. */
const REPEATED = 3;
const LONGEST_HEAD = 80;

/** Short lines that every page repeats (its head or foot). */
export function repeatedLines(source: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of source.split('\n')) {
    const text = line.replace(/\s+/g, ' ').trim();
    // Rows and list items may well be alike; rulers are furniture anyway.
    if (text.length < 4 || text.length > LONGEST_HEAD || /^[-–+*•|]|[.;:,]$/.test(text)) continue;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= REPEATED).map(([text]) => text));
}

/** Page numbers, rulers, and heads that every page repeats. */
export function isPageFurniture(line: string, repeated: ReadonlySet<string>): boolean {
  return (
    /^(?:[-–—_=*.\s|:]+|[-–—\s]*\d{1,3}[-–—\s]*|trang \d{1,3}(?: ?\/ ?\d{1,3})?|\d{1,3} ?\/ ?\d{1,3})$/iu.test(
      line,
    ) || repeated.has(line)
  );
}
