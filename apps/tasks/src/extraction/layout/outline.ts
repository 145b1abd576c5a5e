import { type MappedText, part } from '../text/mapped-text.js';
import { LEVELS, type Level, readMarker } from './markers.js';
import { isHeadline, type Paragraph } from './paragraphs.js';

/** A paragraph in its place among the numbered parts of the document. */
export interface Block {
  level: Level;
  /** Text without its number or dash. */
  body: MappedText;
  cells: MappedText[] | null;
  /** "2.a, gạch đầu dòng 1"; null when nothing above is numbered. */
  clause: string | null;
  children: Block[];
}

interface Place {
  rank: number;
  block: Block;
  labels: readonly string[];
  /** Marks without a number below it, by level. */
  counts: Map<Level, number>;
}

const INTRODUCING =
  /(?<![a-z])(?:nhu sau|sau day|(?:noi dung|nhiem vu|cong viec|giai phap|van de|viec|y kien) sau)[.;,]$/;
const RANKS = new Map(LEVELS.map((level, rank) => [level, rank]));
const rankOf = (level: Level): number => RANKS.get(level) ?? 0;

/**
 * The tree of the body: what is numbered below a number, letter or dash is its child. A paragraph without a mark goes on
 * with the last number or letter; one in capitals is a heading of the highest level.
 */
export function readOutline(paragraphs: readonly Paragraph[]): Block[] {
  const root: Place = { rank: -1, block: emptyBlock(), labels: [], counts: new Map() };
  const open: Place[] = [root];
  for (const paragraph of paragraphs) {
    const marker = readMarker(paragraph);
    const body = introducing(part(paragraph, marker.length, paragraph.text.length));
    if (body.text === '') continue;
    const headline = marker.level === 'plain' && isHeadline(body.text);
    const rank = headline ? rankOf('part') : rankOf(marker.level);
    // Rows and plain paragraphs of one level are siblings.
    while (open.length > 1 && open.at(-1)!.rank >= rank) open.pop();
    const parent = open.at(-1)!;
    const labels = marker.label === null ? parent.labels : [...parent.labels, marker.label];
    const block: Block = {
      level: marker.level,
      body,
      cells: paragraph.cells,
      clause: paragraph.cells ? pathOf(labels) : clauseOf(parent, marker.level, labels),
      children: [],
    };
    parent.block.children.push(block);
    open.push({ rank, block, labels: headline ? [] : labels, counts: new Map() });
  }
  return root.block.children;
}

/** "… triển khai các nội dung sau." leads on to a list as a colon does. */
function introducing(body: MappedText): MappedText {
  if (!INTRODUCING.test(body.folded)) return body;
  return { text: `${body.text.slice(0, -1)}:`, folded: `${body.folded.slice(0, -1)}:`, at: body.at };
}

function clauseOf(parent: Place, level: Level, labels: readonly string[]): string | null {
  const count = (parent.counts.get(level) ?? 0) + 1;
  parent.counts.set(level, count);
  const path = pathOf(labels);
  const kinds: Partial<Record<Level, string>> = { dash: 'gạch đầu dòng', star: 'dấu sao', plus: 'dấu cộng' };
  const kind = kinds[level];
  if (kind !== undefined) {
    const above = parent.block.clause ?? path;
    return [above, `${kind} ${count}`].filter((text) => text !== null).join(', ');
  }
  // The first paragraph below a number is the second of its clause.
  if (level === 'plain' && path !== null && labels.length > 0) return `${path}, đoạn ${count + 1}`;
  return path;
}

/** "2.a"; a number that says its place itself ("2.1") takes the place of what it repeats. */
function pathOf(labels: readonly string[]): string | null {
  if (labels.length === 0) return null;
  const path: string[] = [];
  for (const label of labels) {
    const above = path.at(-1);
    if (above !== undefined && label.startsWith(`${above}.`)) path.pop();
    path.push(label);
  }
  return path.join('.');
}

function emptyBlock(): Block {
  return { level: 'part', body: { text: '', folded: '', at: [] }, cells: null, clause: null, children: [] };
}
