export { webhookProblem } from './secrets/problems.js';
export { SecretSealing, type SecretTable } from './secrets/secret-sealing.js';
export { WebhookSecretsModule } from './secrets/webhook-secrets.module.js';
export { NetworkGuard, readAllowedNetworks } from './network-guard.js';
export { signatureHeaders, type SignedPart, signatureOf } from './signature.js';
export { type WebhookAnswer, type WebhookCall, WebhookFailure, WebhookSender } from './webhook-sender.js';
