import { describe, expect, it } from 'vitest';
import { accuse } from '../../../functions/lookout/accuse.ts';
import { details } from '../../../src/events/details.ts';
import type { Emitter } from '../../../src/events/emit.ts';
import { NO_COUNTERS } from '../../../src/lookout/counters.ts';
import type { Weighed } from '../../../src/lookout/document.ts';
import { readRequest } from '../../../src/rollback/request.ts';
import { at, followed, NEWER, sides, TARGET } from '../../src/lookout/followed.ts';
import { createFakeStarter } from '../starter.ts';

const SAW = '6 tasks of checkout:2 crashed.';
const about = { at: at(80), counters: NO_COUNTERS, says: [SAW] };
const ACCUSES: Weighed = { ...about, state: 'accuse', since: at(20), by: 'control' };
const ASKS: Weighed = { ...about, state: 'ask', pause: { hook: 'hook/1', stage: 'PRE_SCALE_UP' } };

function setUp() {
  const starter = createFakeStarter();
  const published: unknown[] = [];
  const emitter: Emitter = {
    emit: (type, detail) => Promise.resolve(void published.push({ type, ...details[type].parse(detail) })),
  };
  const measured: unknown[] = [];
  const run = accuse({ starter, emitter, measure: (all) => void measured.push(...all) }, () => at(81));
  const accused = (weighed: Weighed, lookout = 'act') =>
    run(followed({ weighed, sides: sides({ tags: { lastgood: 'auto', 'lastgood:lookout': lookout } }) }));
  return { starter, published, measured, accused };
}

describe('an accusation', () => {
  it('starts a rollback that can be read, and publishes what was seen', async () => {
    const { starter, published, accused } = setUp();
    await accused(ACCUSES);
    expect(starter.started.map((request) => readRequest(request))).toEqual([
      {
        target: TARGET,
        reason: `the lookout accuses checkout:2: ${SAW}`,
        trigger: {
          ...{ type: 'lookout', id: 'deployment/2 lookout', at: at(81), deployment: 'deployment/2' },
          ...{ revision: NEWER.id, saw: [SAW], since: at(20), by: 'control' },
        },
      },
    ]);
    expect(published).toEqual([
      {
        ...{ type: 'Lookout Accused', version: '1', target: TARGET, execution: 'execution/one' },
        ...{
          deployment: 'deployment/2',
          revision: NEWER,
          mode: 'act',
          says: [SAW],
          at: at(80),
          since: at(20),
        },
      },
    ]);
  });

  it('is only published where the owner observes', async () => {
    const { starter, published, accused } = setUp();
    await accused(ACCUSES, 'observe');
    expect(starter.started).toEqual([]);
    expect(published).toMatchObject([{ mode: 'observe' }]);
  });

  it('starts one rollback, however often it is retried', async () => {
    const { starter, accused } = setUp();
    await accused(ACCUSES);
    await accused({ ...ACCUSES, at: at(90) });
    expect(starter.started).toHaveLength(1);
  });

  it('fits into a request, whatever it saw', async () => {
    const { starter, accused } = setUp();
    await accused({ ...ACCUSES, says: Array.from({ length: 50 }, () => 'x'.repeat(5000)) });
    expect(() => readRequest(starter.started[0])).not.toThrow();
  });
});

it('a doubt at a pause asks, with an id of its own, whatever the tag says', async () => {
  const { starter, published, accused } = setUp();
  await accused(ACCUSES);
  await accused(ASKS, 'observe');
  expect(starter.started).toHaveLength(2);
  expect(readRequest(starter.started[1])).toMatchObject({ trigger: { doubt: true, saw: [SAW] } });
  expect(published[1]).not.toHaveProperty('since');
});

it('nothing else accuses', async () => {
  const { starter, published, accused } = setUp();
  await accused({ ...about, state: 'wait', seconds: 10 });
  expect([starter.started, published]).toEqual([[], []]);
});
