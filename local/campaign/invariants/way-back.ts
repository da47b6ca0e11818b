import { clock, courseOf, isAnswered, releaseIn, routeOf, type Rollback, type Write } from '../course.ts';
import { proofsIn, settledIn } from '../entries.ts';
import { deployedIn, doneBefore, goesOn, mayBeHalfDeployed } from '../mishaps.ts';
import type { Night } from '../night.ts';
import type { Release } from '../releases.ts';
import { byRollback, firstWrites } from '../writes.ts';
import type { Invariant } from './invariant.ts';

/** Calls that start a deployment. Others, such as weights, may be needed several times on one way back. */
const STARTS = new Set([
  'UpdateService',
  'StartInstanceRefresh',
  'RollbackInstanceRefresh',
  'CreateDeployment',
  'StartDeployment',
  'RollbackStack',
  'RollbackStage',
]);
/** Calls that move traffic at once. */
const MOVES = new Set([
  'ModifyListener',
  'ModifyRule',
  'UpdateListener',
  'UpdateRule',
  'UpdateAlias',
  'UpdateServicePrimaryTaskSet',
  'ChangeResourceRecordSets',
  'UpdateTaskSet',
]);
/** The traffic is looked at each second. What comes later comes from AWS or from the release. */
const SEEN_WITHIN_MS = 5_000;

/** Rules of the way back. */
export const wayBack: readonly Invariant[] = [
  {
    name: 'one-way-back-per-rung',
    because: 'AWS, October 2025 (https://aws.amazon.com/message/101925): a plan was applied a second time',
    broken: (night) => {
      const all = byRollback(courseOf(night));
      // To stop twice does no more than to stop once.
      const isStop = ({ call }: Write) => call.operation.startsWith('Stop');
      return all.length === 0
        ? null
        : all.flatMap(({ writes }) => twiceIn(writes.filter((one) => isAnswered(one) && !isStop(one))));
    },
  },
  {
    name: 'never-to-a-newer-release',
    because:
      'design 6: nothing is gone back to that first appeared after the suspect; the same incident of AWS',
    // A tool may bring the older version back over a newer one that is proven by then: the newer one is a candidate. It may
    // run again and be proven once more before the night is over.
    broken: (night) => {
      const ways = waysIn(night).filter(({ from, to }) => from !== undefined && to !== undefined);
      const broken = ways.flatMap(({ at, from, to }) =>
        from === undefined ||
        to === undefined ||
        to.deployedAt <= from.deployedAt ||
        isProvenBy(night, to, lastDeployed(night, from, at))
          ? []
          : [`${clock(at)} back from ${from.name} to ${to.name}, which came later`],
      );
      return ways.length === 0 ? null : broken;
    },
  },
  {
    name: 'never-to-what-is-condemned',
    because:
      'Argo Rollouts issues 3078 and 1665, orca pull request 3341: a version known as bad was chosen again',
    broken: async (night) => {
      const condemned = (await settledIn(night)).filter(({ state }) => state === 'condemned');
      const ways = waysIn(night);
      const broken = ways.flatMap(({ at, revision, to }) =>
        condemned
          .filter((one) => one.at < at && (one.revision.id === revision.id || one.release === to?.name))
          .map((one) => `${clock(at)} back to ${revision.name}, condemned at ${clock(one.at)}`),
      );
      return condemned.length === 0 || ways.length === 0 ? null : broken;
    },
  },
  {
    name: 'traffic-only-to-what-carries-it',
    because: 'Argo Rollouts pull request 4612: a rollback sent 70 % of the traffic to a canary of 5 %',
    // Crash loops and rollouts of AWS empty groups too. Only moves right after Lastgood's own write are its doing.
    broken: (night) => {
      const moves = courseOf(night).writes.filter(({ call }) => MOVES.has(call.operation));
      const violations = night.stage.traffic.violations().filter((violation) => {
        const seen = Date.parse(violation.slice(0, 24));
        return moves.some(({ at }) => seen >= at && seen - at <= SEEN_WITHIN_MS);
      });
      return moves.length === 0 ? null : violations;
    },
  },
  {
    name: 'capacity-never-lowered',
    because: 'Argo Rollouts issue 1292: an abort scaled the stable version to zero; ECS roadmap issue 525',
    broken: (night) => {
      const { writes } = courseOf(night);
      if (writes.length === 0 || night.capacity.length === 0) return null;
      return night.capacity.slice(1).flatMap(({ at, count }, place) => {
        const before = night.capacity[place];
        if (before === undefined || count >= before.count) return [];
        const isOwn = writes.some((write) => write.at > before.seenAt && write.at <= at);
        const isOthers = doneBefore(night, at, 'shrink', 'scale-to-nothing', 'capacity-taken').some(
          (entry) => entry.at >= before.seenAt,
        );
        return isOwn && !isOthers
          ? [`${clock(at)} ${count} are wanted, and ${before.count} were before`]
          : [];
      });
    },
  },
  {
    name: 'the-bad-release-stays-away',
    because:
      'Argo Rollouts issue 4841, and Cloudflare on 18 November 2025: bad files came back every five minutes',
    // A tool that goes on with its canary brings it back. Lastgood cannot stop what it does not know. Where the first
    // release is removed, Route 53 answers with the records of weight zero that are healthy:
    // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
    broken: (night) => {
      if (goesOn(night)) return null;
      const ended = courseOf(night).rollbacks.filter(({ last }) => last.outcome?.state === 'rolled-back');
      const broken = ended.flatMap((rollback) => backAfter(night, rollback));
      return ended.length === 0 ? null : broken;
    },
  },
];

/** Finds calls of one rollback that a state made twice, and second deployments on one rung. */
function twiceIn(writes: readonly Write[]): readonly string[] {
  return writes.flatMap((write, place) => {
    const { call, from } = write;
    const before = writes.slice(0, place).find((other) => {
      if (other.call.operation !== call.operation) return false;
      const isSame = JSON.stringify(other.call.input) === JSON.stringify(call.input);
      return other.from === from
        ? isSame || STARTS.has(call.operation)
        : isSame && rungOf(other) === rungOf(write);
    });
    return before === undefined
      ? []
      : [`${clock(write.at)} ${call.operation} again, after ${clock(before.at)}`];
  });
}

/** Returns how many rungs were left before the state that wrote. */
function rungOf({ from }: Write): number {
  const { reverted, settled } = from?.document ?? {};
  if (reverted === undefined) return 0;
  return reverted.left.length + (reverted.state !== 'failed' && settled?.state === 'failed' ? 1 : 0);
}

/** Returns the ways back that were begun to a version that Lastgood chose. */
function waysIn(night: Night) {
  return firstWrites(courseOf(night)).flatMap(({ at, from }) => {
    const { document } = from ?? {};
    const route = document === undefined ? null : routeOf(document);
    if (route === null || document?.request?.revision !== undefined) return [];
    const find = (name: string | null) => (name === null ? undefined : night.releases.find(name));
    return [
      {
        at,
        revision: route.to,
        from: find(releaseIn(night, route.from)),
        to: find(releaseIn(night, route.to)),
      },
    ];
  });
}

/** Returns when a release was last deployed before an instant. */
function lastDeployed(night: Night, { name, deployedAt }: Release, before: number): number {
  return deployedIn(night).findLast(({ release, at }) => release === name && at <= before)?.at ?? deployedAt;
}

function isProvenBy(night: Night, { name }: Release, by: number): boolean {
  return proofsIn(night).some(({ release, at }) => release === name && at <= by);
}

/** Tells when the bad release answered again, although no deployment brought it. */
function backAfter(night: Night, { last, endedAt }: Rollback): readonly string[] {
  const from = releaseIn(night, routeOf(last)?.from);
  if (from === null || endedAt === null || from === releaseIn(night, routeOf(last)?.to)) return [];
  const startedAt = last.claim === undefined ? endedAt : Date.parse(last.claim.since);
  const again = deployedIn(night).find(({ at, release }) => release === from && at > startedAt);
  const back = night.releases
    .answering(from)
    .find((time) => time.from > endedAt && time.from < (again?.at ?? Infinity));
  if (back === undefined || mayBeHalfDeployed(night, startedAt, back.from, GOES_BACK)) return [];
  return isLost(night, releaseIn(night, routeOf(last)?.to), back.from)
    ? []
    : [`${clock(back.from)} ${from} answers again, rolled back at ${clock(endedAt)}`];
}

const GOES_BACK = ['go-back', 'tool-goes-back'];

/** Says whether the story had removed what a release runs on. */
function isLost(night: Night, release: string | null, at: number): boolean {
  return (
    release === night.releases.all[0]?.name && doneBefore(night, at, 'lose-first', 'first-removed').length > 0
  );
}
