import { expect, it } from '@jest/globals';
import { startTelemetry } from './start.js';
import { currentTraceparent, withSpan } from './tracing.js';

it('without an endpoint spans record nothing, yet have ids that go on', async () => {
  await startTelemetry({ service: 'sample' });
  const seen: (string | undefined)[] = [];
  await withSpan('outer', {}, async (span) => {
    expect(span.isRecording()).toBe(false);
    seen.push(currentTraceparent());
    await withSpan('inner', {}, () => seen.push(currentTraceparent()));
  });
  const [outer, inner] = seen.map((traceparent) => traceparent?.split('-'));
  expect(outer?.[1]).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  expect(inner?.[1]).toBe(outer?.[1]);
  expect(inner?.[2]).not.toBe(outer?.[2]);
  expect(outer?.[3]).toBe('00');
});
