import { minutesOf } from './lattice-minutes.ts';
import { asAssumed, notSeen, otherwise, type Question, type Shown } from './question.ts';

const ASSUMED_SECONDS = 90;

/** The data plane follows new weights within the time that Amazon ECS waits for it. */
export const latticeSpread: Question = {
  id: 'lattice-spread',
  part: 'lattice-weights',
  looksAt:
    'the minutes with requests to the group that lost its weight, after the release and after the rollback',
  assumed: `the last of them begins at most ${ASSUMED_SECONDS} seconds after the write`,
  answer: async (shown) => {
    const { releasedAt, execution } = shown.course;
    const reverted = Date.parse(execution?.document.reverted?.at ?? '');
    const ended = execution?.endedAt?.getTime();
    if (Number.isNaN(reverted) || ended === undefined) return notSeen('the weights were not put back');
    const out = await lastSeconds(shown, 'LatticeEvenGroup', releasedAt, reverted);
    const back = await lastSeconds(shown, 'LatticeOddGroup', reverted, ended);
    if (out === null || back === null) return notSeen('no minute with requests was shown around the writes');
    const found = `after the release it begins ${out} seconds after the write, after the rollback ${back}`;
    return Math.max(out, back) <= ASSUMED_SECONDS ? asAssumed(found) : otherwise(found);
  },
};

const MINUTE_MS = 60_000;

/**
 * Returns how many seconds after a write the last minute with requests to a group began. That of the write counts as 0.
 * The minute of the next write is left out.
 * @returns null where not even the minute of the write had requests
 */
async function lastSeconds(
  shown: Shown,
  group: 'LatticeEvenGroup' | 'LatticeOddGroup',
  written: number,
  next: number,
): Promise<number | null> {
  const from = minuteOf(written) - MINUTE_MS;
  const to = minuteOf(next);
  const last = (await minutesOf(shown, 'TotalRequestCount', group, from, to)).at(-1);
  return last === undefined ? null : Math.max(0, Math.round((last.at - written) / 1000));
}

function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
