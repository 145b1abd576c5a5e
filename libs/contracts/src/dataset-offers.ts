import type { DatasetAccess, DatasetClass } from './dataset-events.js';
import type { ServiceName } from './services.js';

/** Agency that answers for the data of a service: the one whose subject it is. */
export const DATASET_PROVIDERS: Readonly<Record<ServiceName, string>> = {
  tasks: 'VPUBND',
  budget: 'STC',
  registry: 'SKHCN',
  staffing: 'SNV',
};

/** Data for directing and operating are shared among all agencies of the political system. */
const MANDATORY = { access: 'mandatory', legalGround: 'Nghị định số 278/2025/NĐ-CP' } as const;
/** Beyond that, sharing is the default, and decided on request. */
const ON_REQUEST = { access: 'on-request', legalGround: 'Điều 16 Nghị định số 194/2025/NĐ-CP' } as const;

/** What of a dataset its schemas do not tell. */
export interface DatasetOffer {
  title: readonly [vi: string, en: string];
  meaning: readonly [vi: string, en: string];
  terms: { access: DatasetAccess; legalGround: string };
  /** Default: shared. */
  classification?: DatasetClass;
  master?: true;
}

/** What each service offers, by aggregate: all events of an aggregate carry the same state under one subject. */
export const DATASET_OFFERS: Readonly<Record<ServiceName, Readonly<Record<string, DatasetOffer>>>> = {
  tasks: {
    directive: {
      title: ['Văn bản chỉ đạo', 'Directives'],
      meaning: [
        'Văn bản chỉ đạo, thông báo kết luận của lãnh đạo tỉnh.',
        "Directives and conclusion notices of the province's leaders.",
      ],
      terms: MANDATORY,
      master: true,
    },
    task: {
      title: ['Nhiệm vụ được giao', 'Assigned tasks'],
      meaning: [
        'Nhiệm vụ được giao: cơ quan chủ trì, phối hợp, thời hạn, tiến độ, kết quả.',
        'Tasks with lead and collaborating agencies, due dates, progress and result.',
      ],
      terms: MANDATORY,
      master: true,
    },
    'report-duty': {
      title: ['Chế độ báo cáo định kỳ', 'Reporting duties'],
      meaning: ['Ai báo cáo nội dung gì, vào khi nào.', 'Who reports what, and when.'],
      terms: MANDATORY,
      master: true,
    },
    'report-period': {
      title: ['Kỳ báo cáo của cơ quan', "Agencies' reporting periods"],
      meaning: [
        'Báo cáo của từng cơ quan trong từng kỳ: đúng hạn, trễ hạn hoặc chưa có.',
        "Each agency's report of each period: on time, late or missing.",
      ],
      terms: MANDATORY,
    },
    binding: {
      title: ['Liên kết nhiệm vụ với dữ liệu', 'Tasks bound to data'],
      meaning: [
        'Nhiệm vụ có tiến độ đo bằng số liệu của cơ sở dữ liệu, khoản kinh phí hoặc kế hoạch tập huấn.',
        'Tasks whose progress is measured by a database, a budget item or a training plan.',
      ],
      terms: MANDATORY,
    },
    explanation: {
      title: ['Yêu cầu giải trình', 'Requests for explanation'],
      meaning: [
        'Yêu cầu giải trình về nhiệm vụ chậm và trả lời của cơ quan.',
        "Requests to explain delayed tasks, and the agencies' answers.",
      ],
      terms: ON_REQUEST,
      classification: 'restricted',
    },
  },
  budget: {
    item: {
      title: ['Dự án, nhiệm vụ và kinh phí', 'Projects, activities and their money'],
      meaning: [
        'Dự án, nhiệm vụ chuyển đổi số: đề nghị, thẩm định, phê duyệt, phân bổ, giải ngân, quyết toán.',
        'Projects and recurrent activities with the money requested, appraised, approved, allocated, disbursed and settled.',
      ],
      terms: ON_REQUEST,
      master: true,
    },
    round: {
      title: ['Đợt lập dự toán', 'Rounds of estimates'],
      meaning: ['Đợt lập dự toán và kết quả tổng hợp.', 'Rounds of estimates and what they add up to.'],
      terms: ON_REQUEST,
    },
    estimate: {
      title: ['Dự toán của cơ quan', "Agencies' estimates"],
      meaning: ['Dự toán từng cơ quan trong một đợt.', 'The estimate of each agency in a round.'],
      terms: ON_REQUEST,
      classification: 'restricted',
    },
    year: {
      title: ['Năm ngân sách', 'Fiscal years'],
      meaning: ['Trạng thái mở, khóa của năm ngân sách.', 'Whether a fiscal year is open or closed.'],
      terms: ON_REQUEST,
    },
  },
  registry: {
    database: {
      title: ['Danh mục cơ sở dữ liệu', 'Catalogue of databases'],
      meaning: [
        'Cơ sở dữ liệu của tỉnh: cơ quan chủ quản, vòng đời, doanh nghiệp đồng hành, kinh phí.',
        "The province's databases: owner, life cycle, partner enterprises, money.",
      ],
      terms: MANDATORY,
      master: true,
    },
    system: {
      title: ['Danh mục hệ thống thông tin', 'Catalogue of information systems'],
      meaning: [
        'Hệ thống thông tin, nền tảng, cổng, phần mềm và cấp độ an toàn.',
        'Information systems, platforms, portals and software, with their security levels.',
      ],
      terms: MANDATORY,
      master: true,
    },
    connection: {
      title: ['Kết nối, liên thông', 'Connections'],
      meaning: [
        'Kết nối với cơ sở dữ liệu quốc gia, chuyên ngành và các nền tảng chia sẻ.',
        'Connections to national and sector databases and to sharing platforms.',
      ],
      terms: MANDATORY,
      master: true,
    },
    list: {
      title: ['Danh mục ưu tiên', 'Lists of databases'],
      meaning: [
        'Danh mục cơ sở dữ liệu theo quyết định từng năm.',
        'Lists of databases by decision and year.',
      ],
      terms: MANDATORY,
      master: true,
    },
    report: {
      title: ['Báo cáo về cơ sở dữ liệu', 'Reports on databases'],
      meaning: ['Báo cáo tiến độ của từng cơ sở dữ liệu theo kỳ.', 'Progress reports on each database.'],
      terms: MANDATORY,
    },
    proposal: {
      title: ['Đề xuất bổ sung danh mục', 'Proposals for a list'],
      meaning: [
        'Đề xuất bổ sung cơ sở dữ liệu vào danh mục ưu tiên.',
        'Proposals to put a database on a list.',
      ],
      terms: ON_REQUEST,
    },
    partner: {
      title: ['Đăng ký của doanh nghiệp đồng hành', 'Registrations of partner enterprises'],
      meaning: [
        'Đăng ký đồng hành; nội dung chào là bí mật kinh doanh đến khi được chọn.',
        'Registrations of enterprises; what they offer is their business secret until they are chosen.',
      ],
      terms: ON_REQUEST,
      classification: 'restricted',
    },
    term: {
      title: ['Thuật ngữ của từ điển dữ liệu', 'Terms of the data dictionary'],
      meaning: ['Thuật ngữ dùng chung của tỉnh.', "The province's shared terms."],
      terms: MANDATORY,
      classification: 'open',
      master: true,
    },
    dictionary: {
      title: ['Phiên bản từ điển dữ liệu', 'Versions of the data dictionary'],
      meaning: ['Các phiên bản đã công bố của từ điển.', 'Published versions of the dictionary.'],
      terms: MANDATORY,
      classification: 'open',
      master: true,
    },
    field: {
      title: ['Trường dữ liệu của cơ sở dữ liệu', 'Fields of databases'],
      meaning: [
        'Trường dữ liệu và thuật ngữ tương ứng trong từ điển.',
        'Fields of databases and the terms they are mapped to.',
      ],
      terms: MANDATORY,
    },
    publication: {
      title: ['Công bố dữ liệu', 'Publication of data'],
      meaning: ['Thông tin công bố của cơ sở dữ liệu.', 'What is published about a database.'],
      terms: MANDATORY,
      classification: 'open',
    },
    quality: {
      title: ['Chất lượng dữ liệu', 'Quality of data'],
      meaning: [
        'Khai báo và kết quả kiểm tra chất lượng của từng cơ sở dữ liệu.',
        'What is declared and was checked about the quality of each database.',
      ],
      terms: MANDATORY,
    },
    'sharing-dataset': {
      title: ['Danh mục bộ dữ liệu chia sẻ', 'Catalogue of shared datasets'],
      meaning: ['Bộ dữ liệu mà các cơ quan chia sẻ.', 'Datasets that agencies share.'],
      terms: MANDATORY,
      classification: 'open',
      master: true,
    },
    'sharing-request': {
      title: ['Yêu cầu khai thác dữ liệu', 'Sharing requests'],
      meaning: ['Yêu cầu khai thác và trả lời của cơ quan chia sẻ.', 'Requests and how they were answered.'],
      terms: ON_REQUEST,
      classification: 'restricted',
    },
    'sharing-grant': {
      title: ['Thỏa thuận chia sẻ', 'Sharing grants'],
      meaning: ['Ai chia sẻ gì cho ai, đến khi nào.', 'Who shares what with whom, and until when.'],
      terms: ON_REQUEST,
    },
    'exchange-standing': {
      title: ['Tình hình trao đổi dữ liệu', 'Standing of the exchange log'],
      meaning: [
        'Số lượt trao đổi, số lần bị từ chối, tính toàn vẹn của nhật ký.',
        'Deliveries, denied attempts and whether the log is unaltered.',
      ],
      terms: MANDATORY,
    },
  },
  staffing: {
    unit: {
      title: ['Nhân lực CNTT cấp xã', 'IT staff of communes'],
      meaning: ['Xã, phường, đặc khu và số nhân lực CNTT.', 'Commune units and how many IT staff they have.'],
      terms: MANDATORY,
      master: true,
    },
    'training-plan': {
      title: ['Kế hoạch tập huấn', 'Training plans'],
      meaning: [
        'Kế hoạch tập huấn nhân lực CNTT: đơn vị tham gia, các buổi tập huấn, số người tham gia, kết quả.',
        'Plans to train IT staff: units, sessions, how many took part, and whether they are finished.',
      ],
      terms: MANDATORY,
      master: true,
    },
    'support-plan': {
      title: ['Kế hoạch hỗ trợ nhân lực cho xã', 'Plans to support communes with staff'],
      meaning: [
        'Kế hoạch hỗ trợ nhân lực CNTT cho xã: cơ quan hỗ trợ, kỹ năng, hình thức, thời gian, kinh phí.',
        'Who supports which commune with which skill, how, from when to when, and at what cost.',
      ],
      terms: ON_REQUEST,
      master: true,
    },
  },
};

/** What every service offers: the declarations themselves. */
export const DECLARATIONS_OFFER: DatasetOffer = {
  title: ['Khai báo bộ dữ liệu của dịch vụ', "Declarations of a service's datasets"],
  meaning: ['Bộ dữ liệu mà dịch vụ cung cấp.', 'What a service offers to share.'],
  terms: MANDATORY,
  classification: 'open',
};
