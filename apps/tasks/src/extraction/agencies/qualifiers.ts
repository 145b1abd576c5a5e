import { dutyAt, skipAdverbs } from '../duties/verbs.js';
import { type MappedText, matchAt } from '../text/mapped-text.js';

const WORD = / [\p{L}\p{N}&-]+/uy;
/** Words that begin what a group is to do, or that tell when and how; not which group is meant. */
const NOT_QUALIFYING =
  /^(?:tự|đều|nên|hãy|luôn|cố|nỗ|có|và|của|với|cùng|để|theo|là|được|đã|chưa|đang|từ|trước|sau|khi|nhằm|sớm|cần|phải|tại|do|nghe|cho|trong|ngoài|này|đó|trên|nêu|còn|không|chịu|rất|mà|thì|về|đến|bị|căn|thuộc|liên|khác|nhất|số|hoặc|hay|các|những|mỗi|một)$/u;
/** Fields whose last word is a verb elsewhere. */
const FIELD =
  /(?:cung cap dich vu|cong nghe thong tin|thong tin|(?:thuy |nhiet )?dien(?: luc)?|san xuat|quan ly du an|van tai)(?![a-z])/y;
/** Those whom the document is about: "các cơ quan, đơn vị | được giám sát". */
const EXAMINED =
  / duoc (?:kiem tra|giam sat|thanh tra|kiem toan|khao sat|ra soat|xac minh)(?![a-z])(?= ?:| [a-z])/y;
/** Told apart by what they have, did or did not do: "13 tỉnh, thành phố | chưa gửi báo cáo | khẩn trương …". */
const TOLD_APART =
  / (?:chua|da|co|con(?! lai)) (?!trach nhiem|van ban)[a-z0-9%][a-z0-9% ]{2,80}?(?= (?:khan truong|phai|can|co trach nhiem|chiu trach nhiem|co van ban)(?![a-z]))/y;
const MOST_WORDS = 4;

/**
 * End of the words that say which of a group are meant, right before what they are to do: "Các doanh nghiệp | công nghệ
 * thông tin | hỗ trợ …", "UBND các xã, phường | ven biển: …"; the end of the group where there are none.
 */
export function qualifiedEnd(m: MappedText, end: number): number {
  const examined = matchAt(EXAMINED, m.folded, end);
  if (examined) return end + examined[0].length;
  const apart = matchAt(TOLD_APART, m.folded, end);
  if (apart) return end + apart[0].length;
  let at = end;
  for (let words = 0; words <= MOST_WORDS; words += 1) {
    if (/^(?: ?:|$)/.test(m.text.slice(at, at + 2))) return at;
    if (words > 0 && m.text[at] === ' ' && dutyAt(m.folded, at + 1)) return at;
    const comma = words > 0 && m.text.startsWith(', ', at);
    const word = matchAt(WORD, m.text, comma ? at + 1 : at)?.[0];
    if (word === undefined || NOT_QUALIFYING.test(word.trim())) return end;
    const start = at + (comma ? 2 : 1);
    const field = matchAt(FIELD, m.folded, start);
    if (field) {
      at = start + field[0].length;
      continue;
    }
    if (dutyAt(m.folded, start) || skipAdverbs(m.folded, start) > start) return end;
    at = start + word.length - 1;
  }
  return end;
}
