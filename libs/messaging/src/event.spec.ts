import { describe, expect, it } from '@jest/globals';
import { decodeEvent, encodeHeaders, type StoredEvent, UndecodableMessage } from './event.js';

const stored: StoredEvent = {
  id: '17',
  event_id: '019b0000-0000-7000-8000-000000000001',
  aggregate: 'task',
  aggregate_id: '019b0000-0000-7000-8000-00000000000a',
  sequence: 3,
  type: 'vn.ioc.tasks.task.progressed.v1',
  occurred_at: new Date('2026-04-20T01:02:03.004Z'),
  traceparent: null,
  data: '{"title":"Trục liên thông văn bản","changed":["progressPercent"]}',
};
const SUBJECT = `ioc.tasks.task.${stored.aggregate_id}`;
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function decode(change: { headers?: Record<string, string>; subject?: string; data?: string | Uint8Array }) {
  const headers = encodeHeaders('tasks', stored, TRACEPARENT);
  for (const [name, value] of Object.entries(change.headers ?? {})) headers.set(name, value);
  const data = change.data ?? stored.data;
  return decodeEvent(change.subject ?? SUBJECT, headers, typeof data === 'string' ? Buffer.from(data) : data);
}

describe('an event on the bus', () => {
  it('has the headers of the contract', () => {
    const headers = encodeHeaders('tasks', stored, TRACEPARENT);
    expect(Object.fromEntries([...headers].map(([name, values]) => [name, values[0]]))).toEqual({
      'ce-specversion': '1.0',
      'ce-id': stored.event_id,
      'ce-source': '/services/tasks',
      'ce-type': stored.type,
      'ce-subject': stored.aggregate_id,
      'ce-time': '2026-04-20T01:02:03.004Z',
      'ce-dataschema': 'urn:ioc:schema:vn.ioc.tasks.task.progressed.v1',
      'ce-sequence': '3',
      'content-type': 'application/json',
      'Nats-Msg-Id': stored.event_id,
      traceparent: TRACEPARENT,
    });
  });

  it('is read as it was written', () => {
    expect(decode({})).toEqual({
      id: stored.event_id,
      type: stored.type,
      service: 'tasks',
      aggregate: 'task',
      aggregateId: stored.aggregate_id,
      sequence: 3,
      time: '2026-04-20T01:02:03.004Z',
      data: { title: 'Trục liên thông văn bản', changed: ['progressPercent'] },
      subject: SUBJECT,
      traceparent: TRACEPARENT,
    });
  });

  it.each([
    ['an answer of the broker', { headers: { 'Nats-Stream': 'DEAD_LETTERS' } }, /answer of the broker/],
    ['an id that is no UUID', { headers: { 'ce-id': '17' } }, /ce-id is no UUID/],
    ['a missing time', { headers: { 'ce-time': '' } }, /ce-time is missing/],
    ['a type of another form', { headers: { 'ce-type': 'task.progressed' } }, /form of event type/],
    ['an unknown service', { headers: { 'ce-type': 'vn.ioc.other.task.made.v1' } }, /form of event type/],
    ['version 0', { headers: { 'ce-sequence': '0' } }, /no positive whole number/],
    ['version 1.5', { headers: { 'ce-sequence': '1.5' } }, /no positive whole number/],
    ['a subject of another aggregate', { subject: 'ioc.tasks.task.other' }, /different aggregates/],
    ['a subject of another service', { subject: SUBJECT.replace('tasks', 'budget') }, /different aggregates/],
    ['data that is no JSON', { data: '{' }, /no JSON in UTF-8/],
    ['data with broken UTF-8', { data: new Uint8Array([0x22, 0xff, 0x22]) }, /no JSON in UTF-8/],
    ['data without "changed"', { data: '{"title":"x"}' }, /no aggregate state/],
    ['data that is null', { data: 'null' }, /no aggregate state/],
  ])('is refused with %s', (_what, change, reason) => {
    expect(() => decode(change)).toThrow(UndecodableMessage);
    expect(() => decode(change)).toThrow(reason);
  });

  it('is refused without headers', () => {
    expect(() => decodeEvent(SUBJECT, undefined, Buffer.from(stored.data))).toThrow(/no headers/);
  });
});
