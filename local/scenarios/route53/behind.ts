import type { Scenario } from '../scenario.ts';
import { openEdge, TARGET, weighs } from './edge.ts';

const FAULTY = { errorRate: 0.4 };
const MOVED = '198.51.100.50';

/** Users of the embedded AWS also call each load balancer by its own name, and a bad release is still behind one. */
const NAMED_DIRECTLY = false;

/** Weights are proven only together with the releases behind each record. */
export const dnsBehind: readonly Scenario[] = [
  {
    name: 'route53-other-release-behind',
    shows:
      'blue was proven, and a bad release is behind its load balancer now; a person has put the weights back: blue gets no traffic',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { fleets: true });
      await stage.minutes(3);
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(12);
      await edge.release('blue', FAULTY);
      edge.weigh({ blue: 255, green: 0 });
      await stage.minutes(2.5);
      edge.weigh({ blue: 0, green: 255 });
      await stage.aftermath();
      weighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      ...{ outcome: 'skipped', served: NAMED_DIRECTLY, writes: [] },
      because: /^green is back already: it replaced blue/,
    },
  },
  {
    name: 'route53-other-release-on-the-old-side',
    shows: 'green hurts, and another release is behind blue than when blue was proven: blue gets no traffic',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { fleets: true });
      await stage.minutes(3);
      await edge.release('green', FAULTY);
      await edge.release('blue', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.aftermath();
      weighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /passed over blue: blue no longer runs the proven revision/,
    },
  },
  {
    name: 'route53-same-release-behind',
    shows: 'green hurts, and the proven release is still behind blue: everything goes back',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { fleets: true });
      await stage.minutes(3);
      await edge.release('green', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: {
      ...{ outcome: 'rolled-back', served: NAMED_DIRECTLY, writes: ['ChangeResourceRecordSets'] },
      because: /^blue runs again instead of green/,
    },
  },
  {
    name: 'route53-points-elsewhere',
    shows:
      'green hurts, and the record of blue points elsewhere than when it was proven: DNS does not go back',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage);
      await stage.minutes(3);
      edge.behave('green', FAULTY);
      edge.move('blue', MOVED);
      edge.weigh({ blue: 0, green: 255 });
      await stage.aftermath();
      weighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /passed over blue: blue pointed elsewhere when the weights were proven/,
    },
  },
];
