import { describe, expect, it } from '@jest/globals';
import { headers } from '@nats-io/transport-node';
import { faultOf, intakeAddress, type OwnDataset } from './check-record.js';

const DATASET: OwnDataset = {
  code: 'stc-gia-dat',
  provider: 'STC',
  state: 'open',
  eventTypes: ['vn.ioc.agencies.stc-gia-dat.changed.v1'],
  fields: [
    { name: 'gia', meaning: null, type: 'integer' },
    { name: 'heSo', meaning: null, type: 'number' },
    { name: 'viTri', meaning: null, type: 'object' },
  ],
};

const HEAD: Readonly<Record<string, string>> = {
  'ce-specversion': '1.0',
  'ce-id': 'a-1',
  'ce-source': '/agencies/stc',
  'ce-type': 'vn.ioc.agencies.stc-gia-dat.changed.v1',
  'ce-subject': 'thua-1',
  'ce-time': '2026-04-20T05:00:00Z',
  'ce-sequence': '1',
  'content-type': 'application/json',
};

function fault(
  data: string | Uint8Array,
  head: Record<string, string> = {},
  dataset: OwnDataset | null = DATASET,
) {
  const about = headers();
  for (const [name, value] of Object.entries({ ...HEAD, ...head })) about.set(name, value);
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  const message = { subject: 'intake.agencies.stc-gia-dat.thua-1', headers: about, data: bytes };
  return faultOf(message, dataset)?.fault ?? null;
}

describe('faultOf', () => {
  it.each(['{}', '{"gia":1,"changed":["gia"],"id":"thua-1"}', '{"gia":null,"heSo":1.5,"viTri":{}}'])(
    'takes %s',
    (data) => {
      expect(fault(data)).toBeNull();
    },
  );

  it.each(['{"gia":1.5}', '{"gia":"1"}', '{"viTri":[]}', '{"viTri":"x"}', '{"khac":1}', '{"__proto__":1}'])(
    'finds a wrong field in %s',
    (data) => {
      expect(fault(data)).toBe('wrong-fields');
    },
  );

  it.each(['[]', 'null', '1', '{', ''])('finds that %s is no record', (data) => {
    expect(fault(data)).toBe('not-json');
  });

  it('finds bytes that are no UTF-8', () => {
    expect(fault(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe('not-json');
  });

  it.each([...Object.keys(HEAD)])('misses the header %s', (name) => {
    expect(fault('{}', { [name]: ' ' })).toBe('wrong-headers');
  });

  it.each(['0', '-1', '1.0', '01', '1e3', '9999999999999999'])('takes no version %s', (version) => {
    expect(fault('{}', { 'ce-sequence': version })).toBe('wrong-headers');
  });

  it('takes nothing for a closed dataset, or one that is not registered', () => {
    expect(fault('{}', {}, { ...DATASET, state: 'closed' })).toBe('unknown-dataset');
    expect(fault('{}', {}, null)).toBe('unknown-dataset');
  });
});

it('finds dataset and record in the subject', () => {
  expect(intakeAddress('intake.agencies.stc-gia-dat.thua-1')).toEqual({
    datasetCode: 'stc-gia-dat',
    recordId: 'thua-1',
  });
});
