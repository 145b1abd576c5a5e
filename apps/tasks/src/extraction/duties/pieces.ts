import { makeDay } from '../header/make-day.js';
import { type MappedText, part } from '../text/mapped-text.js';
import type { Assignment, AssignmentReader } from './assignment.js';
import { NO_EXTENSION } from './due-expressions.js';
import { type DueMention, type DueReference, duesWithin, readDues } from './due-reader.js';
import { type Range, readSegments, readSentences, type Segment } from './sentences.js';
import { dutyAt, isAttendance, isFormula, isStatement, soundsLikeDuty } from './verbs.js';

/** One duty of a paragraph: a run of its clauses that belong together. */
export interface Piece extends Range {
  assignment: Assignment | null;
  due: DueMention | null;
  extendable: boolean;
  /** It begins with a mark inside a sentence: "(i)". */
  marked: boolean;
  /** Praise, grounds, closing formulas: no duty unless somebody is named. */
  idle: boolean;
  /** It only leads on to marked clauses: "Sở A chủ trì, phối hợp với Sở B: (i) …". */
  heading: boolean;
  sentence: number;
}

/** Clauses that only say how, or to whom the result goes: they belong to what they follow. */
const TAIL =
  /^(?:(?:bao dam|dam bao) (?:chat luong|tien do|dung|an toan|hieu qua|theo|quy dinh|cong khai|khach quan|chat che|kip thoi|thong nhat|dong bo|phu hop|yeu cau|tinh|ve|day du|nguyen tac|khong)|khong de|de(?! (?:xuat|nghi|an|cu|ra))|nham|trong do|nhat la|gom|bao gom|cu the|gui (?:ve|ket qua|qua|bao cao)|chiu trach nhiem|tuyet doi|khong (?:xin |duoc )?gia han|lam co so|tranh|neu |truong hop|theo(?! doi)|qua do|voi|bao cao (?:ket qua|ubnd|uy ban|chu tich|thu tuong|chinh phu|cap co tham quyen)|tong hop,? bao cao|kip thoi bao cao|san pham|uu tien)(?![a-z])/;
const ALSO = /^dong thoi,? (?=gui )/;
/** "02 tuần/lần | tổng hợp …", "hằng tuần (chiều thứ Năm) | báo cáo …". */
const AT_INTERVALS =
  /^(?:\d{1,2} (?:tuan|thang)(?: ?\/ ?| )(?:1 |mot )?lan|(?:dinh ky )?(?:hang|moi) (?:tuan|thang|quy|nam)(?: \([^()]{1,40}\)|,? (?:vao |truoc |cham nhat )?(?:ngay|thu) [^,;]{1,30}(?=,))),? /;
/** Clauses that hold little more than a time: it closes everything before it. */
const CLOSING =
  /^(?:phan dau |phai |tat ca |toan bo |(?:cac )?(?:nhiem vu|noi dung|cong viec|viec) (?:nay|tren|neu tren) |(?:ket qua|san pham|ho so|ke hoach|du thao|danh sach|van ban)(?: [a-z]+){0,4} )?(?:phai |can |duoc )?(?:hoan thanh|hoan tat|xong|trinh|bao cao|gui|thoi (?:gian|han)|tien do|yeu cau hoan thanh|thuc hien|ket thuc|han|cham nhat|truoc|trong)(?![a-z])/;
const OPENING_DAY =
  /^(?:vao |trong )?(?:(?:sang|chieu|toi),? )?ngay ([0-9lo]{1,2})(?:\/| thang )([0-9lo]{1,2})(?:\/|,? nam )([0-9lo]{4})(?![0-9])/;
const LONGEST_CLOSING = 140;
/** "Hoàn thành sửa chữa mặt đường trước …" as a sentence of its own is another result. */
const FINISHING_MORE =
  /^(?:phan dau |phai )?(?:hoan thanh|hoan tat|ket thuc) (?!cong viec|nhiem vu|toan bo|viec nay|cac noi dung|trong|truoc|cham)(?:[a-z]+ ){4}/;

/** Part of a paragraph with places of its own, which begin at `offset` of the paragraph. */
interface Clause {
  text: MappedText;
  offset: number;
}

/** Reads the duties of one paragraph. */
export class PieceReader {
  constructor(
    private readonly assignments: AssignmentReader,
    private readonly reference: DueReference,
  ) {}

  read(m: MappedText): Piece[] {
    const dues = readDues(m, this.reference);
    const pieces: Piece[] = [];
    for (const [index, sentence] of readSentences(m).entries()) {
      const { text, offset } = clauseOf(m, sentence);
      if (isAttendance(text.folded)) continue;
      const opening = this.assignments.read(text);
      const opened = openingDue(m, sentence, dues);
      const closed = opening && opening.origin !== 'remark' ? offset + opening.bodyStart : 0;
      for (const segment of readSegments(m, sentence, index, dues, closed))
        this.take(m, segment, pieces, dues, opened);
    }
    return pieces;
  }

  /** "Ngày 02/4/2026, Ban Chỉ đạo họp phiên thứ nhất": what happened before the document was issued. */
  private isPast(text: MappedText): boolean {
    const match = OPENING_DAY.exec(text.folded);
    const day = match && makeDay(match);
    return day !== null && day <= this.reference.day;
  }

  private take(
    m: MappedText,
    segment: Segment,
    pieces: Piece[],
    dues: readonly DueMention[],
    opened: DueMention | null,
  ): void {
    const { text, offset } = clauseOf(m, segment);
    const last = pieces.at(-1);
    const due = mainDue(dues, segment) ?? granted(m, segment, last) ?? opened;
    const assignment = this.assignments.read(text);
    const extendable = !NO_EXTENSION.test(text.folded);
    if (last && assignment && ledBy(last, assignment, text, segment)) {
      Object.assign(last, {
        end: segment.end,
        due: last.due ?? due,
        extendable: last.extendable && extendable,
      });
      last.assignment = { ...assignment, start: last.start, bodyStart: last.start, origin: 'remark' };
      return;
    }
    if (
      last &&
      (!assignment || isSameLead(last, assignment, segment, due)) &&
      joins(text, segment, due, last)
    ) {
      last.end = segment.end;
      if (isOpen(last)) last.due = due ?? last.due;
      last.extendable &&= extendable;
      if (due && last.marked && isClosing(text)) closeMarked(pieces, last, due);
      return;
    }
    pieces.push({
      start: offset,
      end: segment.end,
      assignment: assignment && {
        ...assignment,
        start: assignment.start + offset,
        bodyStart: assignment.bodyStart + offset,
      },
      due,
      extendable,
      marked: segment.marked,
      idle:
        isFormula(text.folded) ||
        this.isPast(text) ||
        (isStatement(text.folded) && assignment?.origin !== 'assigned'),
      heading: assignment !== null && (assignment.heading || /:$/.test(text.text)),
      sentence: segment.sentence,
    });
  }
}

/** Whether a clause that names nobody goes on with the duty before it. */
function joins(text: MappedText, segment: Segment, due: DueMention | null, last: Piece): boolean {
  if (last.idle || isStatement(text.folded) || isFormula(text.folded)) return false;
  if (segment.marked) return due === null && !last.heading && !dutyAt(text.folded, markLength(text));
  if (due !== null && /^rieng /.test(text.folded)) return false;
  if (due?.recurrence) return isOpen(last) && !soundsLikeDuty(text.folded.replace(AT_INTERVALS, ''));
  // A time closes what came before it in the same sentence; then something else begins.
  if (due?.date) {
    const same = segment.sentence === last.sentence;
    return isOpen(last) && (same || (isClosing(text) && !FINISHING_MORE.test(text.folded)));
  }
  return isOpen(last) || TAIL.test(text.folded.replace(ALSO, '')) || !dutyAt(text.folded, 0);
}

/** No time yet, or only words such as "theo lộ trình". */
const isOpen = ({ due }: Piece): boolean =>
  due === null ||
  (due.date === null && due.recurrence === null && !/^(?:hằng|hàng|mỗi) ngày/i.test(due.phrase));

function isClosing(text: MappedText): boolean {
  return text.text.length <= LONGEST_CLOSING && CLOSING.test(text.folded);
}

/** "Chia sẻ dữ liệu với tỉnh. Sở A chủ trì thực hiện.": the second sentence only says who does the first. */
function ledBy(last: Piece, { origin, bodyStart }: Assignment, text: MappedText, segment: Segment): boolean {
  if (last.assignment || last.idle || last.marked || origin !== 'subject') return false;
  const rest = text.folded.slice(bodyStart);
  return (
    segment.sentence === last.sentence + 1 &&
    /chu tri/.test(text.folded.slice(0, bodyStart)) &&
    (rest.length < 3 ||
      isClosing(part(text, bodyStart + (/^[ ,;]*/.exec(rest)?.[0].length ?? 0), text.text.length)))
  );
}

/** "Đồng ý gia hạn đến ngày X; Sở A chịu trách nhiệm …": the new time is that of the duty. */
function granted(m: MappedText, { sentence }: Segment, last: Piece | undefined): DueMention | null {
  if (!last?.idle || last.sentence !== sentence) return null;
  return /(?:gia han|keo dai|lui) [^;]*$/.test(m.folded.slice(last.start, last.end - 1)) ? last.due : null;
}

/** "Giao Sở A hoàn thiện …; Giám đốc Sở A ký trước ngày X": who is told goes on, and the time closes both. */
function isSameLead(last: Piece, { leads }: Assignment, segment: Segment, due: DueMention | null): boolean {
  const before = last.assignment?.leads ?? [];
  return (
    due !== null &&
    segment.sentence === last.sentence &&
    before.length === leads.length &&
    leads.every(({ name }) => before.some((lead) => lead.name === name))
  );
}

/** A time that closes a row of "(i)", "(ii)" holds for each of them. */
function closeMarked(pieces: readonly Piece[], last: Piece, due: DueMention): void {
  for (const piece of pieces) {
    if (!piece.marked || piece.sentence !== last.sentence) continue;
    piece.due ??= due;
    piece.extendable &&= last.extendable;
  }
}

/** "Trước ngày 15/11: Sở A …; Sở B …" is the time of the whole sentence. */
function openingDue(m: MappedText, sentence: Range, dues: readonly DueMention[]): DueMention | null {
  const [first] = duesWithin(dues, sentence);
  const opens = first !== undefined && first.start - sentence.start < 3 && m.folded[first.end] === ':';
  return opens ? first : null;
}

/** The time that counts among those of a clause: a recurrence, else the first sure date. */
function mainDue(dues: readonly DueMention[], range: Range): DueMention | null {
  const own = duesWithin(dues, range);
  const dated = own.filter((due) => due.date !== null);
  const recurring = own.filter((due) => due.recurrence !== null);
  return (
    recurring.find((due) => due.recurrence?.day != null) ??
    recurring[0] ??
    dated.find((due) => !due.doubtful) ??
    dated[0] ??
    own[0] ??
    null
  );
}

function clauseOf(m: MappedText, { start, end }: Range): Clause {
  const offset = start + (/^ */.exec(m.text.slice(start, start + 4))?.[0].length ?? 0);
  return { text: part(m, offset, end), offset };
}

const markLength = (text: MappedText): number => /^(?:\([^()]{1,5}\))? ?/.exec(text.folded)?.[0].length ?? 0;
