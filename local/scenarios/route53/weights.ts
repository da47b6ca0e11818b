import { planNames } from '../changes.ts';
import type { Scenario } from '../scenario.ts';
import { openEdge, TARGET, weighs } from './edge.ts';

const FAULTY = { errorRate: 0.4 };
const WRITE = 'ChangeResourceRecordSets';

/** A pipeline moves users from blue to green by the weights of DNS records, and green hurts. */
export const weights: readonly Scenario[] = [
  {
    name: 'route53-canary',
    shows: 'a tenth of the answers, then a half, points to a bad release: all of them go back to blue',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage);
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 230, green: 25 });
      await stage.minutes(1.5);
      edge.weigh({ blue: 128, green: 128 });
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: [WRITE], because: /^blue runs again/ },
  },
  {
    name: 'route53-cutover',
    shows:
      'every answer points to a bad release: back to blue, and settled only when caches have dropped the old answer',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { ttl: 60, checked: true });
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: [WRITE],
      because: /^blue runs again instead of green/,
      also: planNames(
        /^weight of blue: 0 → 255$/,
        /^weight of green: 255 → 0$/,
        /^what answers: green \(198\.51\.100\.20\) → blue \(198\.51\.100\.10\)$/,
      ),
    },
  },
  {
    name: 'route53-turns-bad-later',
    shows: 'green is good at first and then hurts, within the window after the cutover: back to blue',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, {
        tags: { 'lastgood:soak': '30', 'lastgood:window': '60' },
        checked: true,
        proven: false,
      });
      await stage.minutes(35);
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(3);
      edge.behave('green', FAULTY);
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: [WRITE] },
  },
  {
    name: 'route53-all-zero',
    shows:
      'an operator sets every weight to 0 to switch a bad release off, which serves all alike: back to blue',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage);
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, green: 0 });
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: [WRITE] },
  },
  {
    name: 'route53-same-answers',
    shows:
      'the last proven weights send every user to the bad release, as the present ones do: back to the weights before',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { checked: true });
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(6);
      edge.weigh({ blue: 0, green: 100 });
      edge.behave('green', FAULTY);
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: [WRITE], because: /^blue runs again/ },
  },
];
