import type { Emitter } from '../../src/events/emit.ts';
import { accusationOf, type Measure } from '../../src/events/measures.ts';
import type { Starter } from '../../src/lambda/start.ts';
import type { BothSides, Followed, Weighed } from '../../src/lookout/document.ts';
import type { Instant, Request } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { clip } from '../../src/targets/clip.ts';

export interface Accusing {
  readonly emitter: Emitter;
  readonly starter: Starter;
  /** Never throws. */
  readonly measure: (measures: readonly Measure[], at: Instant) => void;
}

/** The most sentences of an accusation, and of each the most characters. A trigger holds no more. */
const MAX_SENTENCES = 20;
const MAX_CHARACTERS = 1000;

type Accusation = Extract<Weighed, { state: 'accuse' | 'ask' }>;

/**
 * Publishes what a lookout saw, and starts a rollback if its tag says `act`. The judge decides as for any other trigger.
 * The rollback comes first: users hurt, and the event only informs.
 */
export function accuse({ emitter, starter, measure }: Accusing, now: () => Instant) {
  return async ({ target, sides, weighed, execution }: Followed & { readonly execution: string }) => {
    if (sides?.state !== 'sides' || (weighed?.state !== 'accuse' && weighed?.state !== 'ask')) return;
    const mode = readSettings(sides.tags).lookout === 'act' || weighed.state === 'ask' ? 'act' : 'observe';
    if (mode === 'act') await starter.start(requestFor(target, sides, weighed, now()));
    await emitter.emit('Lookout Accused', {
      version: '1',
      target,
      execution,
      deployment: sides.deployment,
      revision: sides.newer.revision,
      mode,
      says: sentencesOf(weighed),
      at: weighed.at,
      ...(weighed.state === 'accuse' && { since: weighed.since }),
    });
    measure([accusationOf(target, mode)], now());
  };
}

function requestFor(target: string, sides: BothSides, weighed: Accusation, at: Instant): Request {
  const { deployment, newer } = sides;
  const saw = sentencesOf(weighed);
  const isDoubt = weighed.state === 'ask';
  const id = `${deployment.slice(0, 400)} ${isDoubt ? `pause ${weighed.pause.hook}` : 'lookout'}`;
  const reason = isDoubt
    ? `the deployment of ${newer.revision.name} waits at its pause, and the lookout cannot say whether it is good`
    : `the lookout accuses ${newer.revision.name}: ${saw[0] ?? ''}`;
  return {
    target,
    reason: clip(reason),
    trigger: {
      type: 'lookout',
      ...{ id, at, deployment, revision: newer.revision.id, saw },
      ...(isDoubt
        ? { since: weighed.at, by: 'persistence' as const, doubt: true as const }
        : { since: weighed.since, by: weighed.by }),
    },
  };
}

function sentencesOf({ says }: Weighed): string[] {
  return says.slice(0, MAX_SENTENCES).map((one) => one.slice(0, MAX_CHARACTERS));
}
