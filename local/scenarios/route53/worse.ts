import { secondsBetween } from '../../../src/rollback/time.ts';
import { advice } from '../advice.ts';
import { allOf } from '../evidence/found.ts';
import { firstPageLacks } from '../report/pages.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { ADA, channelText, installSlack, lacks, untilAsked } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';
import { openEdge, TARGET, weighs } from './edge.ts';

const FAULTY = { errorRate: 0.1 };
const DEAD = { errorRate: 1 };
const WRITE = 'ChangeResourceRecordSets';

/** Verify waits 17 minutes for a proof, unless users are clearly worse off. */
const PAGED_WITHIN_SECONDS = 540;

/** Ways back after which users are worse off, for a while or for good. */
export const worseOff: readonly Scenario[] = [
  {
    name: 'route53-worse-since',
    shows:
      'the servers of blue are gone, and a person approves going back there: users are worse off, and a person is paged within minutes',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage);
      const people = installSlack(stage, ['route53:*']);
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(2);
      edge.behave('blue', DEAD);
      await untilAsked(stage);
      await people.press(ADA, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: [WRITE] },
      because:
        /Users are clearly worse off than before: .* \d\S* before, 100 since \S+ UTC\. green is not condemned\.$/,
      also: allOf(
        pagedInTime,
        (stage) => firstPageLacks(stage, 'Users are clearly worse off than before'),
        (stage) => lacks(channelText(stage), 'Users are clearly worse off than before'),
        advice([
          /blue should run/,
          /^Users were better off with green\. Lastgood does not deploy it again\. Do so if it helps them\.$/,
          /^If green was at fault all the same, condemn it/,
        ]),
      ),
    },
  },
  {
    name: 'route53-worse-for-a-moment',
    shows:
      'the servers of blue are cold, and fail for two minutes after the way back settled: Verify waits, and proves it',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { ttl: 5, checked: true });
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.until('the way back settled', () => isVerifying(stage));
      edge.behave('blue', DEAD);
      await stage.minutes(3);
      edge.behave('blue', {});
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: [WRITE] },
  },
];

function isVerifying({ runtime }: Stage): boolean {
  return rollbacksIn(runtime).some(({ states }) => states.some(({ name }) => name === 'Verify'));
}

/** Returns null if the rollback ended soon after its way back settled, or else how long that took. */
function pagedInTime({ runtime }: Stage): string | null {
  const states = rollbacksIn(runtime)[0]?.states ?? [];
  const [settled, reported] = ['Verify', 'Report'].map((name) => states.find((one) => one.name === name)?.at);
  const seconds = settled === undefined || reported === undefined ? NaN : secondsBetween(settled, reported);
  return seconds <= PAGED_WITHIN_SECONDS ? null : `it ended ${seconds} s after the way back settled`;
}
