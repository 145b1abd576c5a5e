import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TransactionScope } from '#libs/persistence';
import { DeliveryBook } from '../../apps/tasks/src/notices/delivery/delivery-book.js';
import type { NoticeView } from '../../apps/tasks/src/notices/inbox/notice.view.js';
import { type NewNotice, Notices } from '../../apps/tasks/src/notices/notices.js';
import { MailSink, NoticesLab, type Replica, WebhookSink } from './tasks-notices-lab.js';

const MINUTE = 60_000;
const SECRET = 'khoa-bi-mat-cua-don-vi';

let mail: MailSink;
let webhook: WebhookSink;
let lab: NoticesLab;
beforeAll(async () => {
  [mail, webhook] = await Promise.all([MailSink.open(), WebhookSink.open()]);
  lab = await NoticesLab.open({
    SMTP_URL: mail.url,
    SMTP_FROM: 'ioc@khanhhoa.example.vn',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    WEBHOOK_SECRETS_KEY: 'a key of thirty characters for tests',
  });
  await Promise.all([lab.start(), lab.start()]);
  await lab.rounds();
});
afterAll(async () => {
  await lab.close();
  await Promise.all([mail.close(), webhook.close()]);
});

const replica = (index: number): Replica => lab.replicas[index]!;
const noticeFor = (cause: string, agencies: string[], changes: Partial<NewNotice> = {}): NewNotice => ({
  cause,
  kind: 'general',
  recipients: agencies.map((agency) => ({ agency, role: 'desk' })),
  about: {},
  title: `Thông báo ${cause}`,
  text: 'Nội dung thông báo.',
  ...changes,
});
const give = (index: number, notice: NewNotice): Promise<boolean> => {
  const { app } = replica(index);
  return app.get(TransactionScope).run(() => app.get(Notices).give(notice));
};
const inboxOf = (agency: string, query = '') =>
  lab.all<NoticeView>(`/v1/notices?kind=general&agency=${agency}${query}`);
const addContact = async (agency: string, channel: string, json: Record<string, unknown>) => {
  const answer = await lab.send(`/v1/agencies/${agency}/contacts/${channel}`, { agency, json });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as { id: string; version: number };
};
const later = (milliseconds: number) => {
  lab.clock.set(new Date(lab.clock.now().getTime() + milliseconds));
};

describe('a notice', () => {
  it('is given once for a cause, however many replicas give it at the same moment', async () => {
    const notice = noticeFor('once', ['STC', 'SNV']);
    const tries = await Promise.all(Array.from({ length: 20 }, (_, index) => give(index % 2, notice)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await inboxOf('STC')).toHaveLength(1);
    expect(await inboxOf('SNV')).toHaveLength(1);
  });

  it('is not given when what causes it is rolled back, and can be given later', async () => {
    const { app } = replica(0);
    const failing = app.get(TransactionScope).run(async () => {
      await app.get(Notices).give(noticeFor('rolled-back', ['SXD']));
      throw new Error('the cause failed');
    });
    await expect(failing).rejects.toThrow('the cause failed');
    expect(await inboxOf('SXD')).toHaveLength(0);
    expect(await give(1, noticeFor('rolled-back', ['SXD']))).toBe(true);
    await expect(app.get(Notices).give(noticeFor('alone', ['SXD']))).rejects.toThrow('inside');
    await expect(give(0, noticeFor('nobody', []))).rejects.toThrow('nobody');
  });

  it('to a group is one to each of its members', async () => {
    await give(0, noticeFor('group', ['UBNDCX']));
    const [notice] = await inboxOf('22333');
    expect(notice?.recipients).toEqual([{ agency: '22333', role: 'desk', readAt: null }]);
    const all = await lab.all<NoticeView>('/v1/notices?kind=general', { agency: null, scopes: ['admin'] });
    const toGroup = all.find(({ title }) => title.endsWith('group'));
    expect(toGroup?.recipients).toHaveLength(65);
  });

  it('is read by an agency for itself, and is nobody else’s business', async () => {
    await give(0, noticeFor('to-read', ['CAT', 'SNV']));
    const own = { agency: 'CAT' };
    const [notice] = await lab.all<NoticeView>('/v1/notices?unread=true&kind=general', own);
    expect(notice).toMatchObject({ title: 'Thông báo to-read', recipients: [{ agency: 'CAT' }] });
    const path = `/v1/notices/${notice?.id ?? ''}/read`;
    expect(await lab.send(path, { agency: 'STC', method: 'POST' })).toMatchObject({ status: 404 });
    const read = await lab.send(path, { ...own, method: 'POST' });
    const readAt = lab.clock.now().toISOString();
    expect(read.body['recipients']).toEqual([{ agency: 'CAT', role: 'desk', readAt }]);
    later(MINUTE);
    const again = await lab.send(path, { ...own, method: 'POST' });
    expect(again.body['recipients']).toEqual([{ agency: 'CAT', role: 'desk', readAt }]);
    expect(await lab.all('/v1/notices?unread=true&kind=general', own)).toHaveLength(0);
    expect((await inboxOf('SNV', '&unread=true')).map(({ title }) => title)).toContain('Thông báo to-read');
    expect(await lab.send('/v1/notices?agency=SNV', own)).toMatchObject({ status: 403 });
    expect(await lab.send('/v1/notices', { agency: 'CAT', scopes: ['budget:read'] })).toMatchObject({
      status: 403,
    });
  });
});

describe('contacts', () => {
  it('are kept by the agency itself or an administrator; a secret is never answered', async () => {
    const path = '/v1/agencies/SYT/contacts';
    const json = { address: 'https://yte.example.vn/ioc', secret: SECRET };
    expect(await lab.send(`${path}/webhook`, { agency: 'STC', json })).toMatchObject({ status: 403 });
    const added = await lab.send(`${path}/webhook`, { agency: null, scopes: ['admin'], json });
    expect(added).toMatchObject({ status: 201, body: { agency: 'SYT', role: 'desk', version: 1 } });
    const again = await lab.send(`${path}/webhook`, {
      agency: 'SYT',
      json: { ...json, secret: `${SECRET}-2` },
    });
    expect(again).toMatchObject({ status: 201, body: { id: added.body['id'], version: 2 } });
    const same = await lab.send(`${path}/webhook`, {
      agency: 'SYT',
      json: { ...json, secret: `${SECRET}-2` },
    });
    expect(same.body).toEqual(again.body);
    expect(JSON.stringify(await lab.rows('SELECT * FROM contact'))).not.toContain(SECRET);
    const listed = await lab.send(path, { agency: 'SYT' });
    expect(listed.body['items']).toEqual([again.body]);
    expect(JSON.stringify([added.body, listed.body])).not.toContain(SECRET);

    const one = `${path}/${String(added.body['id'])}`;
    const stale = { agency: 'SYT', method: 'DELETE', headers: { 'if-match': '"1"' } };
    expect(await lab.send(one, stale)).toMatchObject({ status: 412 });
    expect(await lab.send(one, { agency: 'SYT', method: 'DELETE' })).toMatchObject({ status: 204 });
    expect((await lab.send(path, { agency: 'SYT' })).body['items']).toEqual([]);
    expect(await lab.rows('SELECT 1 FROM contact WHERE sealed_secret IS NOT NULL')).toHaveLength(0);
  });

  it.each([
    ['email', { address: 'a@b.vn, c@d.vn' }],
    ['email', { address: 'Văn thư <a@b.vn>' }],
    ['email', { address: 'a@b.vn\r\nBcc: c@d.vn' }],
    ['webhook', { address: 'file:///etc/passwd', secret: SECRET }],
    ['webhook', { address: 'https://a:b@example.vn/', secret: SECRET }],
    ['webhook', { address: 'https://example.vn/', secret: 'short' }],
  ])('refuse %s %j', async (channel, json) => {
    const answer = await lab.send(`/v1/agencies/SYT/contacts/${channel}`, { agency: 'SYT', json });
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation-failed' } });
  });

  it.each(['UNKNOWN', 'CSBN', 'STTTT'])('are not kept for %s', async (agency) => {
    const json = { address: 'a@b.vn' };
    const answer = await lab.send(`/v1/agencies/${agency}/contacts/email`, {
      agency: null,
      scopes: ['admin'],
      json,
    });
    expect(answer).toMatchObject({ status: 404 });
  });
});

describe('deliveries by e-mail', () => {
  const mailsTo = (address: string) => mail.mails.filter(({ to }) => to.includes(address));
  const deliveriesOf = async (agency: string, cause: string) => {
    const notice = (await inboxOf(agency)).find(({ title }) => title.endsWith(cause));
    return notice?.deliveries ?? [];
  };

  it('go once to each mailbox, with both replicas at work and after a restart', async () => {
    await addContact('SGDDT', 'email', { address: 'vanthu@sgd.example.vn' });
    await addContact('SGDDT', 'email', { address: 'vanthu@sgd.example.vn', role: 'head' });
    await addContact('SGDDT', 'email', { address: 'cntt@sgd.example.vn' });
    const recipients = (['desk', 'head'] as const).map((role) => ({ agency: 'SGDDT', role }));
    for (let number = 0; number < 12; number += 1)
      await give(0, noticeFor(`mail-${number}`, [], { recipients }));
    await lab.rounds();
    await replica(1).stop();
    await lab.start();
    await lab.rounds();
    expect(mailsTo('vanthu@sgd.example.vn')).toHaveLength(12);
    expect(mailsTo('cntt@sgd.example.vn')).toHaveLength(12);
    const [one] = mailsTo('cntt@sgd.example.vn');
    expect(one?.source).toContain('From: ioc@khanhhoa.example.vn');
    expect(one?.source).toContain('Auto-Submitted: auto-generated');
    expect(await deliveriesOf('SGDDT', 'mail-3')).toMatchObject([
      { address: 'cntt@sgd.example.vn', state: 'delivered', attempts: 1 },
      { address: 'vanthu@sgd.example.vn', state: 'delivered', attempts: 1 },
    ]);
  });

  it('for a head without a mailbox go to the desk', async () => {
    await addContact('STP', 'email', { address: 'vanthu@svh.example.vn' });
    await give(0, noticeFor('to-head', [], { recipients: [{ agency: 'STP', role: 'head' }] }));
    await lab.rounds();
    expect(mailsTo('vanthu@svh.example.vn')).toHaveLength(1);
  });

  it('are tried again after growing pauses with the same Message-ID, and an unknown mailbox is given up', async () => {
    await addContact('UBMTTQ', 'email', { address: 'ban@sct.example.vn' });
    await addContact('UBMTTQ', 'email', { address: 'sai@sct.example.vn' });
    mail.refusals.set('ban@sct.example.vn', 451).set('sai@sct.example.vn', 550);
    await give(0, noticeFor('refused', ['UBMTTQ']));
    await lab.rounds();
    await lab.rounds();
    expect(await deliveriesOf('UBMTTQ', 'refused')).toMatchObject([
      { address: 'ban@sct.example.vn', state: 'waiting', attempts: 1 },
      { address: 'sai@sct.example.vn', state: 'failed', attempts: 1 },
    ]);
    mail.refusals.delete('ban@sct.example.vn');
    later(MINUTE);
    await lab.rounds();
    expect(mailsTo('ban@sct.example.vn')).toHaveLength(1);
    const [{ id }] = (await lab.rows<{ id: string }>(
      `SELECT id FROM delivery WHERE address = 'ban@sct.example.vn'`,
    )) as [{ id: string }];
    expect(mailsTo('ban@sct.example.vn')[0]?.messageId).toBe(`<${id}@khanhhoa.example.vn>`);
    const failed = await lab.all<NoticeView>('/v1/notices?agency=UBMTTQ&delivery=failed');
    expect(failed.map(({ title }) => title)).toEqual(['Thông báo refused']);
  });

  it('are taken over from a process that ended while it was sending, but not from one at work', async () => {
    await addContact('VKSND', 'email', { address: 'vanthu@snn.example.vn' });
    await give(0, noticeFor('cut-off', ['VKSND']));
    // What a crash leaves: claimed, and never settled.
    const claims = await replica(0).app.get(DeliveryBook).claim(10);
    expect(claims.map(({ address }) => address)).toEqual(['vanthu@snn.example.vn']);
    await lab.rounds();
    expect(mailsTo('vanthu@snn.example.vn')).toHaveLength(0);
    later(3 * MINUTE);
    await lab.rounds();
    expect(mailsTo('vanthu@snn.example.vn')).toHaveLength(1);
    // The first one wakes up and says it failed: it has no say any more.
    await replica(0).app.get(DeliveryBook).failed(claims[0]!, 'too late', true);
    expect(await deliveriesOf('VKSND', 'cut-off')).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('stop when the contact is withdrawn', async () => {
    const { id } = await addContact('TAND', 'email', { address: 'vanthu@sng.example.vn' });
    await give(0, noticeFor('withdrawn', ['TAND']));
    await lab.send(`/v1/agencies/TAND/contacts/${id}`, { agency: 'TAND', method: 'DELETE' });
    await lab.rounds();
    expect(mailsTo('vanthu@sng.example.vn')).toHaveLength(0);
    expect(await deliveriesOf('TAND', 'withdrawn')).toMatchObject([
      { state: 'failed', lastError: 'the contact was withdrawn' },
    ]);
  });
});

describe('deliveries by webhook', () => {
  it('are signed, and carry the same key at every try', async () => {
    await addContact('TTT', 'webhook', { address: webhook.url, secret: 'the secret before this one' });
    // As a release left it that kept secrets in the clear: sealed by the next round.
    await lab.rows(`UPDATE contact SET secret = '${SECRET}', sealed_secret = NULL WHERE channel = 'webhook'`);
    await lab.rounds();
    expect(await lab.rows('SELECT 1 FROM contact WHERE secret IS NOT NULL')).toHaveLength(0);
    webhook.status = 503;
    await give(0, noticeFor('hook', ['TTT']));
    await lab.rounds();
    webhook.status = 204;
    later(MINUTE);
    await lab.rounds();
    await lab.rounds();
    expect(webhook.calls).toHaveLength(2);
    const [first, second] = webhook.calls;
    expect(first?.headers['idempotency-key']).toBe(second?.headers['idempotency-key']);
    const timestamp = String(second?.headers['x-ioc-timestamp']);
    expect(Number(timestamp)).toBe(Math.floor(lab.clock.now().getTime() / 1_000));
    const signature = createHmac('sha256', SECRET)
      .update(`${timestamp}.${second?.body ?? ''}`)
      .digest('hex');
    expect(second?.headers['x-ioc-signature']).toBe(`sha256=${signature}`);
    expect(JSON.parse(second?.body ?? '')).toMatchObject({ agency: 'TTT', title: 'Thông báo hook' });
  });

  it('are given up visibly after seven tries over days', async () => {
    webhook.calls.length = 0;
    webhook.status = 500;
    await give(0, noticeFor('dead', ['TTT']));
    const tried: number[] = [];
    for (let minutes = 0; minutes < 4 * 24 * 60; minutes += 1) {
      const before = webhook.calls.length;
      if ([0, 1, 6, 36, 156, 516, 1_956, 5_000].includes(minutes)) await lab.rounds();
      if (webhook.calls.length > before) tried.push(minutes);
      later(MINUTE);
    }
    expect(tried).toEqual([0, 1, 6, 36, 156, 516, 1_956]);
    const [notice] = await lab.all<NoticeView>('/v1/notices?agency=TTT&delivery=failed');
    expect(notice?.deliveries).toMatchObject([
      { state: 'failed', attempts: 7, lastError: 'the receiver answered 500' },
    ]);
  });
});
