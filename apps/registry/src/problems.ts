import { defineProblems } from '#libs/contracts';

/** Refusals of the registry. */
export const registryProblem = defineProblems({
  'name-taken': {
    status: 409,
    vi: { title: 'Tên đã có', detail: 'Danh mục đã có mục mang đúng tên này: {id}.' },
    en: { title: 'Name taken', detail: 'The registry already has an entry of exactly this name: {id}.' },
  },
  'lifecycle-step-not-allowed': {
    status: 409,
    vi: {
      title: 'Không chuyển được trạng thái vòng đời',
      detail: 'Không thể chuyển từ "{from}" sang "{to}". Có thể chuyển sang: {allowed}.',
    },
    en: {
      title: 'Life-cycle step not allowed',
      detail: 'There is no step from "{from}" to "{to}". Possible: {allowed}.',
    },
  },
});
