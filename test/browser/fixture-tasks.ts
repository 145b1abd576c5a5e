type Lead = readonly [code: string, name: string];

/** A task of the seed documents as the fixture needs it: own wording; agencies, clauses and dates exact. */
export interface FixtureTask {
  /** Seed document: its kind, and the clause of the task. */
  directive: { kind: string; clause: string };
  title: string;
  leads: readonly Lead[];
  /** Last day (yyyy-MM-dd); null where the document names none. */
  lastDay: string | null;
  extendable?: boolean;
  completedOn?: string;
}

const SKHCN = ['SKHCN', 'Sở Khoa học và Công nghệ'] as const;
const STC = ['STC', 'Sở Tài chính'] as const;
const SNV = ['SNV', 'Sở Nội vụ'] as const;
const SXD = ['SXD', 'Sở Xây dựng'] as const;
const CAT = ['CAT', 'Công an tỉnh'] as const;
const BQLDA = ['BQLDAPT', 'Ban Quản lý Dự án Phát triển tỉnh'] as const;
const VKS = ['VKSND', 'Viện Kiểm sát nhân dân tỉnh'] as const;
const TAND = ['TAND', 'Tòa án nhân dân tỉnh'] as const;
const DEPARTMENTS = ['CSBN', 'Các sở, ban, ngành'] as const;
const COMMUNES = ['UBNDCX', 'UBND cấp xã'] as const;

const LETTER = 'Công văn';
const SESSION_5 = 'Thông báo kết luận phiên họp thứ 5';
const SESSION_11 = 'Thông báo kết luận phiên họp thứ 11';
const PLAN = 'Kế hoạch thực hiện Nghị quyết 214/NQ-CP';

function task(
  kind: string,
  clause: string,
  leads: readonly Lead[],
  lastDay: string | null,
  title: string,
  more: Partial<FixtureTask> = {},
): FixtureTask {
  return { directive: { kind, clause }, leads, lastDay, title, ...more };
}

/** The tasks of the five seed documents that the wall is developed and tested against. */
export const FIXTURE_TASKS: readonly FixtureTask[] = [
  task(
    LETTER,
    '1',
    [DEPARTMENTS],
    null,
    'Lựa chọn doanh nghiệp đồng hành cho từng cơ sở dữ liệu trong danh mục ưu tiên năm 2026, gửi danh sách đăng ký về Sở KH&CN',
  ),
  task(
    LETTER,
    '1',
    [DEPARTMENTS],
    null,
    'Lập dự toán phần nội dung đề xuất sử dụng ngân sách nhà nước của từng cơ sở dữ liệu, gửi về Sở KH&CN tổng hợp',
  ),
  task(
    LETTER,
    '2',
    [DEPARTMENTS],
    '2026-06-30',
    'Xây dựng hoàn chỉnh các cơ sở dữ liệu chuyên ngành ưu tiên, đưa vào khai thác, sử dụng trong Quý II/2026',
  ),
  task(
    LETTER,
    '3',
    [DEPARTMENTS],
    '2026-03-11',
    'Báo cáo tình hình triển khai Quyết định số 508/QĐ-UBND và khó khăn, vướng mắc',
  ),
  task(
    LETTER,
    '3',
    [DEPARTMENTS],
    '2026-12-19',
    'Báo cáo định kỳ hằng tháng về triển khai cơ sở dữ liệu chuyên ngành ưu tiên, kỳ tháng 12/2026',
  ),
  task(
    SESSION_5,
    '1',
    [DEPARTMENTS],
    '2026-11-27',
    'Báo cáo định kỳ 02 tuần/lần kết quả thực hiện nhiệm vụ khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số',
  ),
  task(
    SESSION_5,
    '1',
    [SKHCN],
    null,
    'Rà soát tiến độ thực hiện Nghị quyết 57-NQ/TW, tham mưu đôn đốc các đơn vị chậm',
  ),
  task(
    SESSION_5,
    '2a',
    [SKHCN],
    '2026-02-12',
    'Tham mưu ban hành Chiến lược dữ liệu tỉnh Khánh Hòa đến năm 2030',
  ),
  task(
    SESSION_5,
    '2a',
    [SKHCN],
    '2026-02-28',
    'Tham mưu ban hành Kế hoạch Chuyển đổi số giai đoạn 2026 – 2030',
  ),
  task(
    SESSION_5,
    '2a',
    [SKHCN],
    '2026-02-28',
    'Đề án đưa Khánh Hòa trở thành Trung tâm dữ liệu quốc gia, trình Trung ương phê duyệt',
  ),
  task(
    SESSION_5,
    '2a',
    [SKHCN],
    '2026-02-28',
    'Đề án thành lập Trung tâm đổi mới sáng tạo và chuyển đổi số tỉnh',
  ),
  task(SESSION_5, '2a', [SKHCN], '2026-02-28', 'Đề án thành lập Công viên đổi mới sáng tạo tỉnh Khánh Hòa'),
  task(
    SESSION_5,
    '2a',
    [SKHCN],
    '2026-03-24',
    'Đề xuất thiết kế, xây dựng 02 phần mềm trí tuệ nhân tạo (AI) cho tỉnh',
  ),
  task(SESSION_5, '2a', [SKHCN], '2026-05-18', 'Hoàn thiện và ra mắt Cổng Dữ liệu mở của tỉnh', {
    completedOn: '2026-05-18',
  }),
  task(
    SESSION_5,
    '2a',
    [SKHCN],
    '2026-02-23',
    'Khắc phục lỗi Phần mềm quản lý văn bản và điều hành E-Office theo Thông báo số 473/TB-UBND',
  ),
  task(
    SESSION_5,
    '2a',
    [SKHCN],
    '2026-03-04',
    'Đề xuất phần mềm quản lý văn bản và điều hành mới áp dụng toàn tỉnh',
  ),
  task(
    SESSION_5,
    '2b',
    [SKHCN, STC],
    '2026-05-18',
    'Tham mưu thành lập Quỹ phát triển khoa học và công nghệ, Quỹ Đầu tư mạo hiểm',
  ),
  task(
    SESSION_5,
    '2c',
    [SKHCN, SNV],
    '2026-03-31',
    'Hồ sơ dự thảo Nghị quyết của HĐND tỉnh về chính sách thu hút, phát triển nhân lực chất lượng cao',
  ),
  task(
    SESSION_5,
    '2d',
    [SKHCN, SXD],
    '2026-03-25',
    'Xin chủ trương Trung ương hỗ trợ kinh phí Dự án Bản đồ dữ liệu kinh tế và đô thị biển',
  ),
  task(SESSION_11, '1', [SKHCN], '2026-04-25', 'Hoàn thành 05 nhiệm vụ trễ hạn của Quý I/2026'),
  task(
    SESSION_11,
    '1',
    [SKHCN],
    '2026-04-25',
    'Báo cáo Ban Chỉ đạo Trung ương việc hoàn thành các nội dung trễ hạn',
  ),
  task(
    SESSION_11,
    '1',
    [SKHCN],
    '2026-04-27',
    'Thống kê đơn vị chưa mua sắm trang thiết bị đầu cuối, trình văn bản chấn chỉnh, kiểm điểm',
  ),
  task(
    SESSION_11,
    '2a',
    [SNV],
    '2026-04-28',
    'Rà soát nhân lực CNTT các xã, phường; phương án hỗ trợ tập trung vào đơn vị còn hạn chế',
  ),
  task(
    SESSION_11,
    '2a',
    [SNV],
    '2026-05-14',
    'Phương án bổ sung nhân lực CNTT lâu dài (tuyển dụng, hợp đồng, đào tạo)',
  ),
  task(
    SESSION_11,
    '2b',
    [SKHCN],
    '2026-04-30',
    'Ban hành, triển khai Kế hoạch tập huấn chuyên môn cho nhân lực CNTT các xã, phường',
    { completedOn: '2026-05-09' },
  ),
  task(
    SESSION_11,
    '3',
    [BQLDA],
    '2026-05-05',
    'Hoàn thành lắp đặt thiết bị tại Phòng IOC của Trụ sở UBND tỉnh',
    { extendable: false },
  ),
  task(
    SESSION_11,
    '3',
    [BQLDA],
    null,
    'Kết nối đường truyền từ Phòng IOC đến các phòng họp, hội trường, phòng làm việc của Lãnh đạo tỉnh',
  ),
  task(SESSION_11, '4', [SKHCN], null, 'Xây dựng 09 Nghị quyết trình HĐND tỉnh theo danh mục đã đăng ký'),
  task(
    PLAN,
    'III.1.a',
    [CAT],
    null,
    'Triển khai các luật liên quan đến dữ liệu và nghị định về kết nối, chia sẻ dữ liệu bắt buộc',
  ),
  task(PLAN, 'III.1.b', [SKHCN], null, 'Xây dựng, ban hành Khung Kiến trúc tổng thể số tỉnh Khánh Hòa'),
  task(
    PLAN,
    'III.1.c',
    [STC],
    null,
    'Hướng dẫn xác định hạng mục sử dụng ngân sách nhà nước và hạng mục hợp tác công tư',
  ),
  task(
    PLAN,
    'III.1.d',
    [VKS, TAND],
    null,
    'Đề xuất sửa đổi văn bản để công nhận giá trị pháp lý của thông điệp dữ liệu trong tố tụng',
  ),
  task(
    PLAN,
    'III.1.đ',
    [DEPARTMENTS],
    '2026-12-31',
    'Đề xuất hoàn thiện hành lang pháp lý về chuyển đổi số, dữ liệu, bảo vệ dữ liệu cá nhân thuộc phạm vi quản lý',
  ),
  task(
    PLAN,
    'III.2.a',
    [SKHCN],
    '2026-12-31',
    'Hoàn thiện kết nối 12 cơ sở dữ liệu quốc gia và chuyên ngành trọng yếu',
  ),
  task(
    PLAN,
    'III.2.b',
    [DEPARTMENTS],
    null,
    'Đồng bộ theo thời gian thực các cơ sở dữ liệu đã hoàn thành về Trung tâm dữ liệu quốc gia',
  ),
  task(
    PLAN,
    'III.3.a',
    [SKHCN],
    '2026-12-31',
    'Tổ chức sử dụng thống nhất nền tảng số dùng chung quy mô quốc gia',
  ),
  task(
    PLAN,
    'III.3.b',
    [DEPARTMENTS],
    '2026-12-31',
    'Nâng cấp hệ thống thông tin, cơ sở dữ liệu bảo đảm kết nối, chia sẻ thông suốt',
  ),
  task(
    PLAN,
    'III.4.a',
    [SKHCN],
    null,
    'Tổng hợp nhu cầu kinh phí thực hiện Kế hoạch, lập dự toán gửi Sở Tài chính thẩm định',
  ),
  task(
    PLAN,
    'III.4.a',
    [DEPARTMENTS],
    '2026-03-31',
    'Đăng ký danh mục dự án đầu tư sử dụng ngân sách và danh mục hợp tác công tư trong Quý I/2026',
  ),
  task(
    PLAN,
    'III.4.a',
    [COMMUNES],
    null,
    'Lập dự toán kinh phí số hóa, chuyển đổi, cập nhật dữ liệu trên các nền tảng dùng chung',
  ),
  task(
    PLAN,
    'III.4.c',
    [SKHCN, CAT],
    '2026-02-28',
    'Lựa chọn tổng công trình sư về Chuyển đổi số, xây dựng Kiến trúc số cấp tỉnh',
  ),
  task(
    PLAN,
    'III.5.a',
    [CAT],
    null,
    'Thẩm định, kiểm tra, giám sát an toàn thông tin, an ninh mạng đối với hệ thống, cơ sở dữ liệu',
  ),
  task(
    PLAN,
    'III.5.b',
    [DEPARTMENTS],
    null,
    'Triển khai phương án bảo đảm an toàn thông tin cho các cơ sở dữ liệu chuyên ngành',
  ),
  task(
    PLAN,
    'IV.2',
    [CAT],
    '2026-01-31',
    'Tham mưu Quyết định thành lập Ban Chỉ đạo về dữ liệu của tỉnh, Quy chế, Kế hoạch và Tổ Giúp việc',
  ),
];
