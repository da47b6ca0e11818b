import { setTimeout } from 'node:timers/promises';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Storms } from '../../../src/ledger/storms.ts';
import type { Choice, StormAnswer } from '../../../src/rollback/storm/member.ts';
import { STORM_ANSWERED } from '../../../src/targets/storm-answered.ts';
import { CannotSay, FINE, FORBIDDEN, type Status } from '../../command-line/status.ts';
import type { Aws } from '../aws.ts';

/** The source of the event. A policy may allow it alone. */
const SOURCE = 'lastgood.cli';

/** The longest wait until the answer is recorded. */
const PATIENCE_MS = 60_000;

const POLL_MS = 1_000;

export interface Wished {
  readonly storm: string;
  readonly list: string;
  readonly choice: Choice;
  /** The user of this machine. */
  readonly by: string;
}

/** Whose answer was recorded, as the end of the command. */
interface Recorded {
  readonly status: Status;
  readonly says: string;
}

/** Puts an answer on the bus, as any other tool does. */
export async function putAnswer({ events }: Aws, stage: string, wished: Wished): Promise<void> {
  const { storm, list, choice, by: answeredBy } = wished;
  const entry = {
    EventBusName: `lastgood-${stage}`,
    Source: SOURCE,
    DetailType: STORM_ANSWERED,
    Detail: JSON.stringify({ storm, list, choice, answeredBy }),
  };
  const { Entries: [first] = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  if (first?.ErrorCode !== undefined)
    throw new CannotSay(`the bus refused the answer: ${first.ErrorCode} ${first.ErrorMessage ?? ''}`.trim());
}

/**
 * Waits until the list has its answer, and says whose it is.
 * @throws CannotSay when none is recorded in time
 */
export async function untilAnswered(
  storms: Pick<Storms, 'listOf' | 'read'>,
  wished: Wished,
  patienceMs = PATIENCE_MS,
): Promise<Recorded> {
  for (const begun = Date.now(); Date.now() - begun < patienceMs;) {
    const found = await answerTo(storms, wished);
    if (found !== null) return verdictOn(found, wished);
    await setTimeout(POLL_MS);
  }
  throw new CannotSay('the answer was not recorded in time: see Rollback Rejected on the bus');
}

/** Returns the answer to the list, or the one to a newer list that has taken its place. */
async function answerTo(
  storms: Pick<Storms, 'listOf' | 'read'>,
  { storm: id, list: digest }: Wished,
): Promise<StormAnswer | null> {
  const [list, storm] = [await storms.listOf(id, digest), await storms.read(id)];
  if (list?.answer !== undefined) return list.answer;
  const last = storm?.answers.at(-1);
  return list !== null && last !== undefined && last.number >= list.number ? last : null;
}

function verdictOn({ choice, by, at, list }: StormAnswer, wished: Wished): Recorded {
  const isOwn = by === wished.by && choice === wished.choice && list === wished.list;
  return isOwn
    ? {
        status: FINE,
        says: `answered "${choice}". Lastgood plans each target once more before it changes anything.`,
      }
    : { status: FORBIDDEN, says: `${by} answered "${choice}" at ${at}, before you` };
}
