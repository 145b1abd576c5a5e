import type { BudgetStage, MoneyForm, MoneySource } from '#libs/contracts';

/** Sources of money as documents name them. */
export const SOURCE_WORDS: Readonly<Record<MoneySource, string>> = {
  'state-investment': 'Ngân sách nhà nước: chi đầu tư phát triển',
  'state-recurrent': 'Ngân sách nhà nước: kinh phí sự nghiệp khoa học, công nghệ và chuyển đổi số',
  'administrative-reform': 'Ngân sách nhà nước: kinh phí cải cách hành chính',
  'state-not-determined': 'Ngân sách nhà nước (chưa xác định nguồn)',
  enterprise: 'Doanh nghiệp đồng hành',
  other: 'Nguồn hợp pháp khác',
};

export const FORM_WORDS: Readonly<Record<MoneyForm, string>> = {
  cash: 'bằng tiền',
  'in-kind': 'bằng hiện vật',
};

export const STAGE_WORDS: Readonly<Record<BudgetStage, string>> = {
  'policy-preparation': 'Lập báo cáo đề xuất chủ trương đầu tư',
  'policy-appraisal': 'Thẩm định chủ trương đầu tư',
  'policy-decision': 'Quyết định chủ trương đầu tư',
  'project-preparation': 'Lập dự án',
  'project-appraisal': 'Thẩm định dự án',
  'project-decision': 'Quyết định đầu tư dự án',
  'detailed-design': 'Thiết kế chi tiết',
  'contractor-selection': 'Lựa chọn nhà thầu',
  contract: 'Ký kết hợp đồng',
  delivery: 'Triển khai',
  testing: 'Kiểm thử',
  'trial-run': 'Vận hành thử',
  training: 'Đào tạo, hướng dẫn sử dụng',
  acceptance: 'Nghiệm thu, bàn giao',
  'completion-file': 'Hồ sơ hoàn thành',
  warranty: 'Bảo hành',
  settlement: 'Quyết toán',
  'estimate-preparation': 'Lập dự toán',
  'estimate-appraisal': 'Thẩm định dự toán',
  'estimate-approval': 'Phê duyệt dự toán',
};
