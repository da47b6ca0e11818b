import fc from 'fast-check';
import { chanceOf, share } from './chance.ts';
import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

const DELIVERY = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html';
const TROUBLE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html';
const RETRIES = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html';

const minutes = fc.integer({ min: 1, max: 50 });

/** Events and schedules, by the promises of EventBridge. */
export const events: readonly Fault[] = [
  {
    name: 'events-lost',
    source: DELIVERY,
    draws: fc.record({ share }),
    begin(night, given) {
      const { bus } = night.stage.runtime;
      const strikes = chanceOf(night, 'events-lost', given['share']);
      return bus.lose((event) => bus.isBestEffort(event) && strikes());
    },
  },
  {
    name: 'events-doubled',
    source: TROUBLE,
    draws: fc.record({ share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'events-doubled', given['share']);
      return night.stage.runtime.bus.duplicate(() => strikes());
    },
  },
  {
    name: 'events-late',
    source: TROUBLE,
    draws: fc.record({ minutes }),
    begin: ({ stage }, given) =>
      stage.runtime.bus.delay(({ source }) => source.startsWith('aws.'), Number(given['minutes']) * 60_000),
  },
  {
    name: 'own-events-late',
    source: incidents(1),
    draws: fc.record({ minutes }),
    begin: ({ stage }, given) =>
      stage.runtime.bus.delay((_, bus) => bus !== 'default', Number(given['minutes']) * 60_000),
  },
  {
    name: 'events-out-of-order',
    source: incidents(1),
    draws: fc.record({ apart: fc.integer({ min: 2, max: 300 }) }),
    begin({ stage: { world, runtime } }, given) {
      const random = world.random(`fault/events-out-of-order/${world.clock.now()}`);
      return runtime.bus.delay(
        () => true,
        () => Math.round(random.next() * Number(given['apart']) * 1000),
      );
    },
  },
  {
    name: 'targets-refuse',
    source: RETRIES,
    draws: fc.record({ share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'targets-refuse', given['share']);
      return night.stage.runtime.delivery.trouble(() =>
        strikes() ? { code: 'THROTTLING', message: 'injected by the story' } : null,
      );
    },
  },
  {
    name: 'schedules-missed',
    source: incidents(2),
    draws: fc.constant({}),
    begin: ({ stage }) =>
      stage.runtime.delivery.trouble(({ schedule }) =>
        schedule === undefined ? null : { code: 'TIMEOUT', message: 'injected by the story' },
      ),
  },
  {
    name: 'schedules-doubled',
    source: TROUBLE,
    draws: fc.constant({}),
    begin: ({ stage }) => stage.runtime.delivery.duplicate(({ schedule }) => schedule !== undefined),
  },
];
