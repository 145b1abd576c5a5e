import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { asyncApiDocument } from './asyncapi.js';
import { eventSchemas } from './event-schemas.js';
import { TASK_COMPLETED } from './tasks-events.js';

interface Channel {
  address: string;
  parameters: Record<string, object>;
  messages: Record<string, { $ref: string }>;
}

interface Message {
  name: string;
  headers: { required: string[]; properties: Record<string, { const?: string }> };
  payload: { required: string[] };
}

const document = asyncApiDocument();
const channels = document.channels as Record<string, Channel>;
const messages = document.components.messages as Record<string, Message>;

describe('the AsyncAPI document', () => {
  it('has a channel for each kind of aggregate, at the subject of its events', () => {
    expect(Object.entries(channels).map(([name, { address }]) => [name, address])).toEqual([
      ['tasks.directive', 'ioc.tasks.directive.{aggregateId}'],
      ['tasks.task', 'ioc.tasks.task.{aggregateId}'],
      ['tasks.explanation', 'ioc.tasks.explanation.{aggregateId}'],
      ['tasks.binding', 'ioc.tasks.binding.{aggregateId}'],
      ['tasks.report-duty', 'ioc.tasks.report-duty.{aggregateId}'],
      ['tasks.report-period', 'ioc.tasks.report-period.{aggregateId}'],
      ['budget.item', 'ioc.budget.item.{aggregateId}'],
      ['budget.round', 'ioc.budget.round.{aggregateId}'],
      ['budget.estimate', 'ioc.budget.estimate.{aggregateId}'],
      ['budget.year', 'ioc.budget.year.{aggregateId}'],
      ['registry.database', 'ioc.registry.database.{aggregateId}'],
      ['registry.system', 'ioc.registry.system.{aggregateId}'],
      ['registry.list', 'ioc.registry.list.{aggregateId}'],
      ['registry.proposal', 'ioc.registry.proposal.{aggregateId}'],
      ['registry.partner', 'ioc.registry.partner.{aggregateId}'],
      ['registry.report', 'ioc.registry.report.{aggregateId}'],
      ['registry.connection', 'ioc.registry.connection.{aggregateId}'],
      ['registry.term', 'ioc.registry.term.{aggregateId}'],
      ['registry.dictionary', 'ioc.registry.dictionary.{aggregateId}'],
      ['registry.field', 'ioc.registry.field.{aggregateId}'],
      ['registry.publication', 'ioc.registry.publication.{aggregateId}'],
      ['registry.quality', 'ioc.registry.quality.{aggregateId}'],
      ['tasks.dataset', 'ioc.tasks.dataset.{aggregateId}'],
      ['budget.dataset', 'ioc.budget.dataset.{aggregateId}'],
      ['registry.dataset', 'ioc.registry.dataset.{aggregateId}'],
      ['staffing.dataset', 'ioc.staffing.dataset.{aggregateId}'],
      ['registry.sharing-dataset', 'ioc.registry.sharing-dataset.{aggregateId}'],
      ['registry.sharing-request', 'ioc.registry.sharing-request.{aggregateId}'],
      ['registry.sharing-grant', 'ioc.registry.sharing-grant.{aggregateId}'],
      ['registry.exchange-standing', 'ioc.registry.exchange-standing.{aggregateId}'],
      ['staffing.unit', 'ioc.staffing.unit.{aggregateId}'],
      ['staffing.training-plan', 'ioc.staffing.training-plan.{aggregateId}'],
      ['staffing.support-plan', 'ioc.staffing.support-plan.{aggregateId}'],
    ]);
    for (const { parameters } of Object.values(channels))
      expect(Object.keys(parameters)).toEqual(['aggregateId']);
  });

  it('has every event type in exactly one channel, and each reference leads somewhere', () => {
    const listed = Object.values(channels).flatMap((channel) => Object.entries(channel.messages));
    expect(listed.map(([type]) => type).sort()).toEqual(Object.keys(eventSchemas).sort());
    for (const [type, { $ref }] of listed) {
      expect($ref).toBe(`#/components/messages/${type}`);
      expect(messages[type]?.name).toBe(type);
    }
    for (const [name, operation] of Object.entries(document.operations)) {
      expect(operation).toEqual({
        action: 'send',
        channel: { $ref: name.replace('publish.', '#/channels/') },
      });
    }
    expect(Object.keys(document.operations)).toHaveLength(Object.keys(channels).length);
  });

  it('names the CloudEvents headers of a message', () => {
    const { headers, payload } = messages[TASK_COMPLETED]!;
    expect(headers.required).toEqual([
      'ce-specversion',
      'ce-id',
      'ce-source',
      'ce-type',
      'ce-subject',
      'ce-time',
      'ce-dataschema',
      'ce-sequence',
      'content-type',
      'Nats-Msg-Id',
    ]);
    expect(headers.properties['ce-type']?.const).toBe(TASK_COMPLETED);
    expect(headers.properties['ce-source']?.const).toBe('/services/tasks');
    expect(headers.properties['ce-dataschema']?.const).toBe(`urn:ioc:schema:${TASK_COMPLETED}`);
    expect(payload.required).toContain('completedOn');
  });

  it.each(Object.entries(messages))(
    '%s keeps to the JSON Schema draft that AsyncAPI knows',
    (_type, message) => {
      const ajv = new Ajv({ strict: true, allowUnionTypes: true });
      addFormats.default(ajv);
      expect(() => ajv.compile(message.payload)).not.toThrow();
      expect(() => ajv.compile(message.headers)).not.toThrow();
    },
  );
});
