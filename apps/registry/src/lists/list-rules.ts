import type { ListPurpose } from '#libs/contracts';
import { fieldProblem } from '#libs/http';

/**
 * Only priority lists ask for reports.
 *
 * @throws problem `validation-failed` on `reporting`
 */
export function requirePriority(purpose: ListPurpose): void {
  if (purpose === 'priority') return;
  throw fieldProblem({
    field: 'reporting',
    code: 'priority-only',
    texts: {
      vi: 'Chỉ danh mục ưu tiên triển khai có chế độ báo cáo.',
      en: 'Only priority lists ask for reports.',
    },
  });
}
