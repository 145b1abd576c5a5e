import { foldInPlace } from '../text/mapped-text.js';

/** Fields of government as ministries and departments are named after them, with the short forms that letters use. */
const SECTORS: readonly (readonly [name: string, ...short: string[]])[] = [
  ['Khoa học và Công nghệ', 'KH&CN', 'KHCN', 'KH và CN', 'KH-CN'],
  ['Khoa học, Công nghệ và Môi trường'],
  ['Nông nghiệp và Môi trường', 'NN&MT', 'NNMT', 'NN và MT'],
  ['Nông nghiệp và Phát triển nông thôn', 'NN&PTNT', 'NNPTNT', 'NN và PTNT', 'NN-PTNT'],
  ['Tài nguyên và Môi trường', 'TN&MT', 'TNMT', 'TN và MT'],
  ['Giáo dục và Đào tạo', 'GD&ĐT', 'GDĐT', 'GD và ĐT', 'GD-ĐT'],
  ['Văn hóa, Thể thao và Du lịch', 'VHTTDL', 'VHTT&DL', 'VH,TT&DL', 'VH, TT&DL', 'VHTTVDL'],
  ['Văn hóa và Thể thao', 'VH&TT', 'VHTT'],
  ['Văn hóa, Thể thao'],
  ['Thông tin và Truyền thông', 'TT&TT', 'TTTT', 'TT và TT'],
  ['Kế hoạch và Đầu tư', 'KH&ĐT', 'KHĐT', 'KH và ĐT'],
  ['Lao động - Thương binh và Xã hội', 'LĐ-TB&XH', 'LĐTB&XH', 'LĐTBXH', 'LĐ-TBXH'],
  ['Lao động, Thương binh và Xã hội'],
  ['Dân tộc và Tôn giáo', 'DT&TG', 'DTTG'],
  ['Giao thông vận tải', 'GTVT'],
  ['Giao thông công chánh', 'GTCC'],
  ['Quy hoạch - Kiến trúc', 'QHKT', 'QH-KT'],
  ['An toàn thực phẩm', 'ATTP'],
  ['Công Thương', 'CT'],
  ['Xây dựng', 'XD'],
  ['Tài chính', 'TC'],
  ['Nội vụ', 'NV'],
  ['Tư pháp', 'TP'],
  ['Y tế', 'YT'],
  ['Du lịch', 'DL'],
  ['Ngoại vụ', 'NgV'],
  ['Ngoại giao', 'NG'],
  ['Quốc phòng', 'QP'],
  ['Công an', 'CA'],
];

interface Sector {
  name: string;
  folded: string;
}

const byLength = (a: Sector, b: Sector): number => b.folded.length - a.folded.length;
const written = SECTORS.flatMap(([name, ...short]) =>
  [name, name.replace(' và ', ' & '), name.replaceAll(' - ', '-'), ...short].map((form) => ({
    name,
    folded: foldInPlace(form),
  })),
).sort(byLength);

/** The field of government written at a place: its full name and where it ends; null when none is there. */
export function sectorAt(folded: string, place: number): { name: string; end: number } | null {
  for (const sector of written) {
    const end = place + sector.folded.length;
    if (folded.startsWith(sector.folded, place) && !/[a-z0-9]/.test(folded[end] ?? ' ')) {
      return { name: sector.name, end };
    }
  }
  return null;
}
