import type { Block } from '../layout/outline.js';
import type { MappedText } from '../text/mapped-text.js';
import type { Assignment } from './assignment.js';
import type { Inherited } from './draft.js';
import type { Piece } from './pieces.js';

/** Who works for an agency by contract or under its orders. */
export const PARTNER =
  /^(?:các )?(?:nhà thầu|đơn vị (?:thi công|tư vấn|trực thuộc|vận hành|cung cấp)|chủ đầu tư|doanh nghiệp|nhà đầu tư|tư vấn|liên danh)/i;
const GROUP_NAME =
  /^(?:các |ubnd (?:cấp|các)|ủy ban nhân dân (?:cấp|các)|(?:cơ quan|đơn vị|địa phương|sở)(?:,|$))/i;

/** "Yêu cầu các nhà thầu …" below the heading of an agency is that agency's own duty towards those it works with. */
export function isForThemselves(
  { origin, leads, start }: Assignment,
  text: MappedText,
  inherited: Inherited,
): boolean {
  return (
    origin === 'assigned' &&
    inherited.source === 'heading' &&
    inherited.leads.length > 0 &&
    /^(?:yeu cau|de nghi|don doc|chi dao|nhac nho) /.test(text.folded.slice(start > 0 ? 0 : start)) &&
    leads.every(({ code, name }) => code === null && PARTNER.test(name))
  );
}

/** The last paragraph ("./.") asks everybody in general to do what stands above it. */
export function isAppeal({ level, body }: Block, { assignment, due, start, end }: Piece): boolean {
  if (level !== 'plain' || due !== null || !assignment || !/\.\/\.\s*$/.test(body.text)) return false;
  const general = /thuc hien|trien khai|phoi hop|quan tam/.test(body.folded.slice(start, end));
  return general && assignment.leads.every(({ name }) => GROUP_NAME.test(name));
}
