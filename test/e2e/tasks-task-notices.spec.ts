import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NoticeView } from '../../apps/tasks/src/notices/inbox/notice.view.js';
import { NoticesLab } from './tasks-notices-lab.js';

let lab: NoticesLab;
beforeAll(async () => {
  lab = await NoticesLab.open();
  await Promise.all([lab.start(), lab.start()]);
});
afterAll(() => lab.close());

/** Notices in an agency's inbox, the oldest first: kind, title. */
async function told(agency: string, kind: string): Promise<NoticeView[]> {
  const notices = await lab.all<NoticeView>(`/v1/notices?kind=${kind}`, { agency });
  return notices.reverse();
}
const titles = async (agency: string, kind: string): Promise<string[]> =>
  (await told(agency, kind)).map(({ title }) => title);

async function act(path: string, agency: string, json: object): Promise<Record<string, unknown>> {
  const answer = await lab.send(path, { agency, json });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

describe('agencies are told', () => {
  it('nothing of what was loaded from the source documents', async () => {
    expect(await lab.rows(`SELECT 1 FROM notice`)).toEqual([]);
  });

  it('of a task: its leads that they lead it, its collaborators that they work with them, once', async () => {
    const headers = { 'idempotency-key': 'once' };
    const [directive] = await lab.all<{ id: string }>('/v1/directives?issuer=VPUBND');
    const json = {
      directiveId: directive?.id,
      title: 'Rà soát đường truyền',
      leads: ['SXD', 'VPUBND'],
      collaborators: ['SNV'],
      due: { date: '2026-05-15' },
    };
    for (const _ of [1, 2]) {
      expect(await lab.send('/v1/tasks', { agency: 'VPUBND', json, headers })).toMatchObject({ status: 201 });
    }
    const [toLead, ...more] = await told('SXD', 'task-assigned');
    expect(more).toEqual([]);
    expect(toLead).toMatchObject({ title: 'Giao chủ trì: Rà soát đường truyền' });
    expect(toLead?.text).toContain('Thời hạn: hết ngày 15/05/2026');
    expect(await titles('SNV', 'task-assigned')).toEqual(['Giao phối hợp: Rà soát đường truyền']);
    // It assigned the task itself.
    expect(await titles('VPUBND', 'task-assigned')).toEqual([]);
  });

  it('of a part that another agency splits off for them', async () => {
    const { id } = await lab.assignTask();
    const part = { title: 'Đo kiểm tại xã', leads: ['SYT'] };
    await act(`/v1/tasks/${id}/split`, 'STC', { children: [part, { ...part, title: 'Lập biên bản' }] });
    const [notice, ...more] = await told('SYT', 'task-assigned');
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ title: 'Giao 2 nhiệm vụ' });
    expect(notice?.text).toContain('1. Đo kiểm tại xã (chủ trì; thời hạn: hết ngày 15/05/2026');
  });

  it('of the tasks of a whole document together', async () => {
    const task = (text: string) => ({
      text,
      leads: [{ code: 'CAT', name: 'Công an tỉnh' }],
      collaborators: [],
      extendable: true,
    });
    const header = {
      number: '77/TB-UBND',
      kind: 'conclusion-notice',
      issuer: { code: 'UBND', name: 'UBND tỉnh' },
      date: '2026-04-20',
      subject: 'Kết luận họp',
    };
    await act('/v1/directives/accept', 'UBND', { header, tasks: [task('Việc một'), task('Việc hai')] });
    expect(await titles('CAT', 'task-assigned')).toEqual(['Giao 2 nhiệm vụ']);
  });

  it('that more time is asked for, and what became of it', async () => {
    const { id } = await lab.assignTask({ leads: ['STP', 'SYT'], title: 'Số hóa di tích' });
    const ask = { date: '2026-06-01', reason: 'Chờ dự toán' };
    const request = async (): Promise<string> => {
      const body = await act(`/v1/tasks/${id}/extension-requests`, 'STP', ask);
      return (body['extensionRequest'] as { id: string }).id;
    };
    const refused = `/v1/tasks/${id}/extension-requests/${await request()}/refusal`;
    await act(refused, 'VPUBND', { reason: 'Không đủ căn cứ' });
    const document = { number: '9/UBND', date: '2026-04-20' };
    await act(`/v1/tasks/${id}/extension-requests/${await request()}/grant`, 'VPUBND', { document });
    const asked = await told('VPUBND', 'extension-request');
    expect(asked.map(({ title }) => title)).toEqual([
      'Đề nghị gia hạn đến hết ngày 01/06/2026: Số hóa di tích',
      'Đề nghị gia hạn đến hết ngày 01/06/2026: Số hóa di tích',
    ]);
    expect(asked[0]?.text).toContain('Lý do: Chờ dự toán');
    for (const lead of ['STP', 'SYT']) {
      expect(await titles(lead, 'extension-decision')).toEqual([
        'Không đồng ý gia hạn: Số hóa di tích',
        'Gia hạn đến hết ngày 01/06/2026: Số hóa di tích',
      ]);
      expect(await titles(lead, 'extension-request')).toEqual([]);
    }
  });

  it('nothing when the change is refused', async () => {
    const { id } = await lab.assignTask({ leads: ['SGDDT'] });
    const before = await lab.rows(`SELECT count(*) FROM notice`);
    const late = { date: '2026-05-01', reason: 'Sớm hơn hạn' };
    const answer = await lab.send(`/v1/tasks/${id}/extension-requests`, { agency: 'SGDDT', json: late });
    expect(answer.status).toBe(400);
    expect(await lab.rows(`SELECT count(*) FROM notice`)).toEqual(before);
  });
});
