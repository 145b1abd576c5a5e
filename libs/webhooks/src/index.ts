export { NetworkGuard, readAllowedNetworks } from './network-guard.js';
export { signatureHeaders, type SignedPart, signatureOf } from './signature.js';
export { type WebhookAnswer, type WebhookCall, WebhookFailure, WebhookSender } from './webhook-sender.js';
