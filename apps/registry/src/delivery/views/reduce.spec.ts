import { describe, expect, it } from '@jest/globals';
import { nextOfView } from './reduce.js';

const task = {
  id: 't',
  version: 3,
  title: 'A',
  due: { date: '2026-05-05' },
  budget: 7,
  changed: ['due', 'budget'],
};

describe('a view of some fields', () => {
  it('shows identifier, version and the granted fields, and names only those as changed', () => {
    expect(nextOfView(null, task, ['title', 'due'])).toEqual({
      id: 't',
      version: 3,
      title: 'A',
      due: { date: '2026-05-05' },
      changed: ['due'],
    });
  });

  it('says nothing when nothing granted has changed, whatever else has', () => {
    const before = nextOfView(null, task, ['title', 'due']);
    expect(
      nextOfView(before, { ...task, version: 4, budget: 9, changed: ['budget'] }, ['title', 'due']),
    ).toBeNull();
  });

  it('tells what changed since it last said something, not since the event before', () => {
    const before = nextOfView(null, task, ['title', 'due']);
    const after = { ...task, version: 6, title: 'B', changed: ['budget'] };
    expect(nextOfView(before, after, ['title', 'due'])?.changed).toEqual(['title']);
  });

  it('tells of a field that is no longer there', () => {
    const before = nextOfView(null, task, ['title']);
    expect(nextOfView(before, { id: 't', version: 4, changed: [] }, ['title'])).toEqual({
      id: 't',
      version: 4,
      changed: ['title'],
    });
  });
});
