import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#libs/calendar';
import { loadReferenceData } from '#libs/reference';
import { extractDirective } from '../../apps/tasks/src/extraction/extract.js';

const reference = loadReferenceData();
const surroundings = { reference, calendar: new WorkingCalendar(reference.holidays), today: '2026-04-20' };

describe('what a document names', () => {
  const read = (text: string) => extractDirective(text, surroundings).tasks;
  const leadsOf = (text: string) =>
    read(text).flatMap(({ leads }) => leads.map(({ code, name }) => code ?? name));

  it.each([
    ['Giao đồng chí Nguyễn Văn A, Phó Chủ tịch UBND tỉnh trực tiếp chỉ đạo.', ['Phó Chủ tịch UBND tỉnh']],
    ['Phân công đồng chí Trần Thị B - Giám đốc Sở Tài chính chủ trì rà soát.', ['STC']],
    ['Giao Phó Thủ tướng Lê Văn C chỉ đạo xử lý.', ['Phó Thủ tướng']],
    [
      'Giao các Sở: Tài chính, Nội vụ, Dân tộc và Tôn giáo tham mưu.',
      ['STC', 'SNV', 'Sở Dân tộc và Tôn giáo'],
    ],
    ['Giao Sở KH&CN, Sở TC, VP UBND tỉnh phối hợp rà soát.', ['SKHCN', 'STC', 'VPUBND']],
    ['Giao UBND các phường: Bắc Nha Trang, Nha Trang rà soát.', ['22333', '22366']],
    ['Giao các phường: Bắc Nha Trang, Nha Trang rà soát.', ['22333', '22366']],
    ['Sở Xây dựng (chủ trì), Sở Tài chính tham mưu trước ngày 05/5/2026.', ['SXD']],
    ['Giao CA tỉnh, BCH QS tỉnh rà soát.', ['CAT', 'Bộ Chỉ huy Quân sự tỉnh']],
    ['Riêng tỉnh Hưng Yên, thành phố Huế hoàn thành trước.', ['UBND tỉnh Hưng Yên', 'UBND thành phố Huế']],
    ['Các doanh nghiệp công nghệ thông tin hỗ trợ xã.', ['các doanh nghiệp công nghệ thông tin']],
    ['Các địa phương còn lại rà soát quy hoạch.', ['CDP']],
    ['Bộ trưởng Bộ Y tế chỉ đạo các bệnh viện trực cấp cứu.', ['Bộ Y tế']],
    ['Bộ Chi huy Quân sự tinh rà soát.', ['Bộ Chỉ huy Quân sự tỉnh']],
    ['Phòng Cảnh sát quản lý hành chính: đối sánh dữ liệu.', ['Phòng Cảnh sát quản lý hành chính']],
    ['Nếu chậm thì Sở Xây dựng chấm dứt hợp đồng.', ['SXD']],
    ['Giao Sở Tài chính tỉnh Lâm Đồng cung cấp số liệu.', ['Sở Tài chính tỉnh Lâm Đồng']],
    ['Toà án nhân dân tỉnh Khánh Hoà chủ trì rà soát.', ['TAND']],
    ['Sở Y tế được giao chủ trì rà soát.', ['SYT']],
    ['Việc lập danh mục được giao cho Sở Y tế thực hiện.', ['SYT']],
    ['Sở Y tế trong tháng sau có văn bản hướng dẫn.', ['SYT']],
    ['Các đơn vị sau: Sở Y tế, Sở Nội vụ rà soát.', ['SYT', 'SNV']],
    ['Các Sở, ban, ngành: Tài chính, Nội vụ, Công an tỉnh rà soát.', ['STC', 'SNV', 'CAT']],
    ['Những nơi đạt thấp (gồm: Sở Y tế, UBND phường Nha Trang) rà soát.', ['SYT', '22366']],
    [
      'Đối với các đơn vị chưa báo cáo theo Công văn số 12, đề nghị khẩn trương rà soát.',
      ['các đơn vị chưa báo cáo'],
    ],
    ['Lắp đặt máy chủ (VNPT Khánh Hòa thực hiện; Sở Y tế giám sát).', ['VNPT Khánh Hòa']],
    ['Giao Sở Y tế (đầu mối), Sở Nội vụ rà soát.', ['SYT']],
    ['Công ty Cổ phần Đầu tư Nha Trang khắc phục sự cố.', ['Công ty Cổ phần Đầu tư Nha Trang']],
    ['Mỗi tổ dân phố cử 01 người.', ['các tổ dân phố']],
    ['Hội đồng thẩm định giá đất tỉnh họp.', ['Hội đồng thẩm định giá đất tỉnh']],
    ['Giao các sở chuyên ngành (Xây dựng, Tài chính) thẩm định.', ['SXD', 'STC']],
    ['- Kết nối dữ liệu (Sở Nội vụ, xong trong tháng 11/2026).', ['SNV']],
    ['Các thành viên Ban Chỉ đạo tỉnh xuống địa bàn.', ['BCD57']],
    ['1. Chủ tịch UBND các xã, phường có rừng:\n- Rà soát.', ['UBND các xã, phường có rừng']],
  ])('%s', (text, leads) => {
    expect(leadsOf(text)).toEqual(leads);
  });

  it.each([
    'Sở Tài chính đã hoàn thành việc phân bổ trước ngày 30/4/2026.',
    'Biểu dương Sở Nội vụ, Công an tỉnh.',
    'Nhiệm vụ được Chính phủ giao cho địa phương rất nặng nề.',
    'Căn cứ Quyết định số 12/QĐ-UBND ngày 01/4/2026 của UBND tỉnh giao Sở Y tế quản lý;',
    'Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.',
    'Nơi nhận:\n- Sở Tài chính rà soát;',
    'Còn 43 nhiệm vụ quá hạn, cụ thể:\n- Sở Xây dựng: 11 nhiệm vụ;\n- UBND phường Ninh Hòa: rà soát nhà ở.',
    'Công văn số 6120/UBND-KTN ngày 12/6/2026 giao Sở Xây dựng tham mưu giá đất trước ngày 30/6/2026.',
    'Căn cứ thảo luận của Sở Y tế, Sở Xây dựng rà soát,\nQUYẾT NGHỊ:',
    'Tham dự họp có lãnh đạo các Bộ; đại diện Tập đoàn Công nghiệp - Viễn thông Quân đội.',
    'I. Mục đích, yêu cầu\n1. Yêu cầu: Các cơ quan, đơn vị xác định rõ trách nhiệm.',
    'Sau khi nghe Sở Y tế, Trung tâm A báo cáo, Chủ tịch UBND tỉnh kết luận:\n1. Rà soát quy trình.',
    'Sở Nội vụ được giao 15 nhiệm vụ.',
  ])('sets no task: %s', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('codes are those of the province: another one has departments of the same names', () => {
    const leads = (seat: string) =>
      leadsOf(`UBND TỈNH ${seat.toUpperCase()}\nSố: 12/TB-UBND\n${seat}, ngày 04 tháng 5 năm 2026\n
THÔNG BÁO\nGiao Sở TC, Công an tỉnh, các sở, ngành và Bộ Công an rà soát.\nGiao Sở Y tế tỉnh Khánh Hòa hỗ trợ.`);
    expect(leads('Khánh Hòa')).toEqual(['STC', 'CAT', 'CSBN', 'BCA', 'SYT']);
    expect(leads('Gia Lai')).toEqual(['Sở Tài chính', 'Công an tỉnh', 'các sở, ngành', 'BCA', 'SYT']);
  });

  it('the seat tells where a document is from when nothing else does', () => {
    const leads = (seat: string) =>
      leadsOf(`SỞ NỘI VỤ\nSố: 1/TB-SNV\n${seat}, ngày 04 tháng 5 năm 2026\n\nTHÔNG BÁO\nGiao Sở TC rà soát.`);
    expect([leads('Nha Trang'), leads('Pleiku')]).toEqual([['STC'], ['Sở Tài chính']]);
  });

  it.each(['Đơn vị này báo cáo', 'Đề nghị các đơn vị nêu trên báo cáo', 'Yêu cầu 02 đơn vị này báo cáo'])(
    'who was told last goes on to lead: %s',
    (words) => {
      const text = `Giao Sở Y tế, Sở Nội vụ rà soát trong tháng 5/2026. ${words} trước ngày 10/6/2026.`;
      expect(leadsOf(text)).toEqual(['SYT', 'SNV', 'SYT', 'SNV']);
    },
  );

  it('what an agency is to ask of its contractors is its own duty', () => {
    expect(leadsOf('1. Sở Xây dựng:\n- Yêu cầu các nhà thầu bổ sung nhân lực.')).toEqual(['SXD']);
    expect(leadsOf('1. Yêu cầu các nhà thầu bổ sung nhân lực.')).toEqual(['các nhà thầu']);
  });

  it('each of two dates of a clause is a task', () => {
    const dates = read(
      'Sở Xây dựng hoàn thành phần móng trong tháng 4/2026, phần thân trong tháng 7/2026.',
    ).map(({ due }) => due.date);
    expect(dates).toEqual(['2026-04-30', '2026-07-31']);
  });

  it('who concludes leads nothing', () => {
    const text = 'Ban Chỉ đạo chuyển đổi số tỉnh kết luận:\n1. Rà soát quy trình.\n2. Sở Y tế rà soát.';
    expect(leadsOf(text)).toEqual(['SYT']);
  });

  it('the People’s Committee leads in documents of those above it, and nothing in its own', () => {
    const leads = (issuer: string, symbol: string) =>
      leadsOf(`${issuer} KHÁNH HÒA\nSố: 12/TB-${symbol}\nKhánh Hòa, ngày 04 tháng 5 năm 2026\n
THÔNG BÁO\n1. UBND tỉnh rà soát quy hoạch.`);
    expect([leads('TỈNH ỦY', 'TU'), leads('UBND TỈNH', 'UBND')]).toEqual([['UBND'], []]);
  });

  it('the closing words to everybody set no task', () => {
    const text = '1. Giao Sở Y tế rà soát.\n\nYêu cầu các đơn vị phối hợp chặt chẽ để tổ chức thành công./.';
    expect(leadsOf(text)).toEqual(['SYT']);
  });

  it.each([
    ['Sở Y tế (sau đây gọi tắt là Cơ quan thường trực) báo cáo.\n1. Cơ quan thường trực: rà soát.', 'SYT'],
    ['Ban Quản lý Dự án Phát triển tỉnh (Ban QLDA) dự họp.\n1. Ban QLDA: bàn giao mặt bằng.', 'BQLDAPT'],
  ])('a short name that the document defines: %s', (text, lead) => {
    expect(leadsOf(text).at(-1)).toBe(lead);
  });

  it('those whom the document is sent to are meant by "nêu trên"', () => {
    const text = `Thủ tướng Chính phủ điện:
- Chủ tịch UBND các tỉnh, thành phố: Hà Tĩnh, Huế;
- Bộ trưởng Bộ Y tế.

1. Chủ tịch UBND các tỉnh, thành phố nêu trên:
a) Sơ tán người dân.`;
    expect(leadsOf(text)).toEqual(['UBND tỉnh Hà Tĩnh', 'UBND thành phố Huế']);
  });

  it.each([
    [
      'cell by cell',
      'TT\nNội dung\nChủ trì\nThời hạn\n\n1\nLập danh mục\nSở Y tế\nTháng 6/2026\n\n2\nMua sắm\nSở Nội vụ\nQuý III/2026',
    ],
    [
      'column by column',
      'Nội dung\nLập danh mục\nMua sắm\nChủ trì\nSở Y tế\nSở Nội vụ\nThời hạn\nTháng 6/2026\nQuý III/2026\nNơi nhận:',
    ],
    [
      'in columns',
      'TT  Nội dung      Chủ trì    Thời hạn\n1   Lập danh mục  Sở Y tế    Tháng 6/2026\n2   Mua sắm       Sở Nội vụ  Quý III/2026',
    ],
    [
      'with tabs, and a cell empty',
      'TT\tNội dung\tChủ trì\tPhối hợp\tThời hạn\n1\tLập danh mục\tSở Y tế\t\tTháng 6/2026\n2\tMua sắm\tSở Nội vụ\tSở Y tế\tQuý III/2026',
    ],
  ])('a table copied %s', (_how, text) => {
    const rows = read(text).map((task) => [task.text, task.leads[0]?.code, task.due.date]);
    expect(rows).toEqual([
      ['Lập danh mục', 'SYT', '2026-06-30'],
      ['Mua sắm', 'SNV', '2026-09-30'],
    ]);
  });

  it.each([
    ['Giao Sở Y tế rà soát, thời gian từ 15/6 - 30/6/2026.', '2026-06-30'],
    ['Giao Sở Y tế thí điểm từ tháng 5 đến tháng 8 năm 2026.', '2026-08-31'],
    ['Giao Sở Y tế kiểm tra trong tháng 12 năm 2026 và tháng 01 năm 2027.', '2027-01-31'],
    ['Giao Sở Y tế trình UBND tỉnh giữa tháng 6/2026.', '2026-06-15'],
    ['Giao Sở Y tế hoàn thành trước Quốc khánh 02/9/2026.', '2026-09-02'],
    ['Giao Sở Y tế tổng duyệt ngày 19/8/2026.', '2026-08-19'],
    ['Giao Sở Y tế thực hiện thắng lợi nhiệm vụ năm học.', null],
    ['1. Hạ tầng (hoàn thành trước ngày 30/6/2026)\na) Sở Y tế: lắp đặt máy chủ.', '2026-06-30'],
    ['Giao Sở Y tế diễn tập trong nửa đầu tháng 12/2026.', '2026-12-15'],
    ['Giao Sở Y tế trình trong tuần thứ ba của tháng 10/2026.', '2026-10-21'],
    ['Giao Sở Y tế trình UBND tỉnh trong tuần 42.', '2026-10-18'],
    ['Giao Sở Y tế tiêm chủng trong các ngày 08 và 09/9/2026.', '2026-09-09'],
    ['Giao Sở Y tế xúc tiến hợp tác trong năm 2026 và 2027.', '2027-12-31'],
    ['Giao Sở Y tế phủ sóng các trạm y tế đến hết quý II/2027.', '2027-06-30'],
    ['Giao Sở Y tế đối thoại chiều thứ Năm, 08/10/2026.', '2026-10-08'],
    ['Sở Y tế: đến ngày 30/11/2026 hoàn thành đo đạc.', '2026-11-30'],
    ['Sở Y tế: phấn đấu đến năm 2030 mỗi xã có 01 bác sĩ.', '2030-12-31'],
  ])('a time: %s', (text, date) => {
    expect(read(text).map(({ due }) => due.date)).toEqual([date]);
  });

  it('a time in a sentence that ends with what another agency does is that of the first', () => {
    const text =
      'Sở Y tế gửi hồ sơ trước ngày 05/6/2026 để Sở Nội vụ tổng hợp, trình UBND tỉnh trước ngày 10/6/2026.';
    expect(read(text).map(({ leads, due }) => [leads[0]?.code, due.date])).toEqual([
      ['SYT', '2026-06-05'],
      ['SNV', '2026-06-10'],
    ]);
  });

  it('times are counted from the day of the document, and from one another', () => {
    const dates = read(`Khánh Hòa, hồi 15 giờ 30 ngày 02 tháng 12 năm 2026\n
1. Sở Y tế bàn giao mặt bằng trước ngày 09/12; báo cáo nhanh trước 18h00 cùng ngày; khôi phục hoạt động trong 14 ngày tới.
2. Trước ngày 15/12: Sở Xây dựng hoàn thành dự toán; Sở Nội vụ hoàn thành danh sách.`);
    expect(dates.map(({ due }) => due.date)).toEqual([
      '2026-12-09',
      '2026-12-09',
      '2026-12-16',
      '2026-12-15',
      '2026-12-15',
    ]);
  });

  it('money of every year is no duty of every year, and a cut-off day none at all', () => {
    const text = `Sở Y tế lập dự toán theo khả năng cân đối ngân sách hằng năm, gửi trước ngày 05/12/2026.
Số liệu báo cáo chốt đến hết ngày 30/11/2026.`;
    expect(read(text).map(({ due }) => [due.date, due.recurrence])).toEqual([['2026-12-05', null]]);
  });

  it('a time of what an introduction rests on is not that of the tasks below', () => {
    const text = `Thực hiện Thông báo số 12 yêu cầu hoàn thành trước ngày 30/9/2026, Chủ tịch UBND tỉnh chỉ đạo:
1. Sở Y tế rà soát thiết bị.
2. Sở Nội vụ hoàn thành 80% trong tháng 8/2026, 100% trong tháng 9/2026.`;
    expect(read(text).map(({ due }) => due.date)).toEqual([null, '2026-08-31', '2026-09-30']);
  });

  it('points to mind are no tasks of their own', () => {
    const text =
      'Sở Y tế hoàn thiện hồ sơ, lưu ý: (i) làm rõ chi phí; (ii) cắt giảm thủ tục; trình trước 20/10/2026.';
    expect(read(text).map(({ due }) => due.date)).toEqual(['2026-10-20']);
  });

  it('marks what an officer should look at first', () => {
    const [sure, doubtful] = read(
      '1. Giao Sở Y tế rà soát thuốc trước ngày 10/6/2026.\n2. Sở Y tế\n- Kịch bản diễn tập.',
    );
    expect([sure?.needsCheck, doubtful?.needsCheck]).toEqual([false, true]);
  });

  it('says what is doubtful', () => {
    const [task] = read('1. Sở An toàn thực phẩm rà soát trong tuần này.');
    expect(task).toMatchObject({ due: { date: '2026-04-26' }, leads: [{ code: null }] });
    expect(task?.reason).toMatch(/chưa có trong danh mục: "Sở An toàn thực phẩm"/);
    expect(task?.confidence).toBeLessThan(0.95);
  });
});
