import { randomUUID } from 'node:crypto';
import { lookingAtAll, runsOfList } from '../../../functions/answer-slack/lists.ts';
import { taggedGroups } from '../../../src/aws/tagged-groups.ts';
import { inBatches } from '../../../src/aws/batches.ts';
import { MODES, optedInOnce } from '../../../src/aws/opted-in.ts';
import { createClaims, createFreezes, createLedger } from '../../../src/ledger/dynamodb.ts';
import { knownTargets } from '../../../src/ledger/known-targets.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import { halfDone } from '../../../src/ledger/half-done.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import { underWayIn } from '../../../src/ledger/under-way.ts';
import { awsNow } from '../aws-now.ts';
import type { Runs } from '../../../src/rollback/runs.ts';
import type { Listed } from '../../../src/slack/messages/targets.ts';
import { taggedTargets } from '../../../src/targets/tagged.ts';
import type { Aws } from '../aws.ts';
import { outputOf } from '../execution-end.ts';
import { machineArn } from '../machines.ts';

/** Targets of one execution: a page in Slack has as many and ends within the machine's minute. */
const TARGETS_AN_EXECUTION = 20;

/** Rollbacks that are read at most to find the targets being rolled back. */
const MAX_RUNNING = 1_000;

/** An instant after every rollback. */
const EVER = '9999-12-31T23:59:59.999Z';

/** A target as the command lists it. */
export interface ListedHere extends Listed {
  /** The way back of a rehearsal that has not gone forward. Null: the target runs what was deployed. */
  readonly halfDone: RollbackRecord | null;
}

/** Rehearsals that are older than this were ended by hand. */
const LOOK_BACK_SECONDS = 30 * 86_400;

/** Reads all targets whose names begin with a prefix, in order of name. */
export async function readListed(aws: Aws, stage: string, prefix: string): Promise<readonly ListedHere[]> {
  const { tables, states } = aws;
  const targets = (await targetsOf(aws, stage)).filter((target) => target.startsWith(prefix));
  const claims = createClaims(tables, `lastgood-${stage}-claims`);
  const open = await claims.open(EVER, MAX_RUNNING);
  const underWay = underWayIn(open);
  const ledger = createLedger(tables, `lastgood-${stage}-ledger`);
  const freezes = createFreezes(tables, `lastgood-${stage}-ledger`);
  const runs = await runsOf(aws, stage, targets);
  const since = after(awsNow(states), -LOOK_BACK_SECONDS);
  const listed: ListedHere[] = [];
  for (const target of targets) {
    const now = runs.get(target) ?? null;
    const left = halfDone(await claims.records(target, since));
    listed.push({
      target,
      entries: await ledger.entries(target),
      runs: now,
      underWay: underWay.get(target) ?? null,
      freeze: await freezes.of(target, awsNow(aws.states)),
      halfDone: left === null || isOvertaken(left, now) ? null : left,
    });
  }
  return listed;
}

/** A deployment that followed the way back has decided what runs. */
function isOvertaken({ outcome }: RollbackRecord, runs: Runs | null): boolean {
  const newest = runs?.newest?.startedAt;
  return newest !== undefined && outcome !== undefined && isAfter(newest, outcome.at);
}

async function targetsOf({ tables, tagging, autoScaling }: Aws, stage: string): Promise<readonly string[]> {
  const [known, tagged] = await Promise.all([
    knownTargets(tables, `lastgood-${stage}-ledger`),
    taggedTargets({
      optedIn: optedInOnce({ here: tagging, global: tagging }),
      groups: () => taggedGroups(autoScaling, MODES),
    }),
  ]);
  return [...new Set([...known, ...tagged])].sort();
}

/** Runs one execution after another, because the account shares its read quotas with rollbacks. */
async function runsOf({ states }: Aws, stage: string, targets: readonly string[]) {
  const runs = new Map<string, Runs | null>();
  if (targets.length === 0) return runs;
  const machine = await machineArn(states, stage, 'list');
  for (const batch of inBatches(targets, TARGETS_AN_EXECUTION)) {
    const looking = lookingAtAll(batch);
    const output = await outputOf(states, machine, `cli-${randomUUID()}`, { looking });
    for (const [target, is] of runsOfList(output)) runs.set(target, is);
  }
  return runs;
}
