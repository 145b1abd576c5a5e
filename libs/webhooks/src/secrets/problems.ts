import { defineProblems } from '#libs/contracts';

export const webhookProblem = defineProblems({
  'webhook-secrets-not-sealed': {
    status: 503,
    vi: {
      title: 'Chưa nhận được webhook',
      detail: 'Hệ thống chưa được cấu hình khóa bảo vệ bí mật của webhook; liên hệ quản trị.',
    },
    en: {
      title: 'No webhooks taken',
      detail: 'This system has no key for keeping the secrets of webhooks; ask its administrator.',
    },
  },
});
