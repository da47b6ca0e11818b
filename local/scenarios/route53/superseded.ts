import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openEdge, TARGET, weighs, type Edge } from './edge.ts';

const FAULTY = { errorRate: 0.4 };

type Weights = Readonly<Record<string, number>>;

/** Lastgood does not undo a change that was made after a bad release and before its alarm. */
export const dnsSuperseded: readonly Scenario[] = [
  {
    name: 'route53-put-back-by-hand',
    shows:
      "a person sets the weights back to blue before the alarm turns: nothing is written, and the person's choice is not condemned",
    target: TARGET,
    async play(stage) {
      const edge = await oneProven(stage);
      await weighTwice(stage, edge, { blue: 0, green: 255 }, { blue: 255, green: 0 });
    },
    ends: left(/^blue is back already: it replaced green/),
  },
  {
    name: 'route53-put-back-by-hand-of-two-proven',
    shows: 'the same where a third side was proven too: the answers do not go there',
    target: TARGET,
    async play(stage) {
      const edge = await twoProven(stage);
      await weighTwice(stage, edge, { blue: 0, green: 255, old: 0 }, { blue: 255, green: 0, old: 0 });
    },
    ends: left(/^blue is back already: it replaced green/),
  },
  {
    name: 'route53-hotfix-before-alarm',
    shows: 'the users are sent to the fix before the alarm turns: a person is asked at most, and it stays',
    target: TARGET,
    async play(stage) {
      const edge = await oneProven(stage);
      edge.behave('fix', {});
      await weighTwice(stage, edge, { blue: 0, green: 255 }, { blue: 0, green: 0, fix: 255 });
      weighs(edge, { blue: 0, fix: 255, green: 0 });
    },
    ends: left(/No answer came/),
  },
  {
    name: 'route53-hotfix-before-alarm-of-two-proven',
    shows: 'the same where two sides were proven before',
    target: TARGET,
    async play(stage) {
      const edge = await twoProven(stage);
      edge.behave('fix', {});
      const [bad, fix] = [
        { blue: 0, green: 255, old: 0 },
        { blue: 0, green: 0, old: 0, fix: 255 },
      ];
      await weighTwice(stage, edge, bad, fix);
      weighs(edge, { blue: 0, fix: 255, green: 0, old: 0 });
    },
    ends: left(/No answer came/),
  },
];

/** Waits longer than ten minutes: an earlier release may be a fix of the one before it, which would be suspected. */
async function oneProven(stage: Stage): Promise<Edge> {
  const edge = await openEdge(stage, { ttl: 5 });
  await stage.minutes(3);
  return edge;
}

/** Opens with two proven sides: the old one, then blue. */
async function twoProven(stage: Stage): Promise<Edge> {
  const edge = await openEdge(stage, { ttl: 5 });
  edge.behave('old', {});
  edge.weigh({ blue: 0, green: 0, old: 255 });
  await stage.minutes(10);
  edge.weigh({ blue: 255, green: 0, old: 0 });
  await stage.minutes(12);
  return edge;
}

async function weighTwice(stage: Stage, edge: Edge, first: Weights, second: Weights): Promise<void> {
  edge.behave('green', FAULTY);
  edge.weigh(first);
  await stage.minutes(2);
  edge.weigh(second);
  await stage.aftermath();
}

function left(because: RegExp): Ending {
  return { outcome: 'skipped', served: true, writes: [], because };
}
