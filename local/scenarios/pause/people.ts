import { setTimeout } from 'node:timers/promises';
import { FINE, FORBIDDEN, type Status } from '../../../scripts/command-line/status.ts';
import { lastgood, type Answered } from '../command.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { wentTo } from '../ecs/endings.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { ADA, BEN, channelText, EVE, installSlack, lacks, privateText, untilAsked } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';
import { pause, published, staysFor, untilApprove, untilHeld } from './pausing.ts';

const FAULTY = { errorRate: 0.4 };
const NO_PLAN = '0'.repeat(64);

/** People pause, resume, approve and freeze, in Slack and from a terminal. */
export const pausedByPeople: readonly Scenario[] = [
  {
    name: 'pause-in-slack',
    shows:
      'Ada pauses Lastgood in Slack, Eve may not; the channel hears of it each hour, the thread says that it waits, and Ada resumes it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage, ['ecs:prod/*', 'pause']);
      await people.type(EVE, 'pause because I can');
      await people.type(ADA, 'Pause because the database moves');
      await stage.until('it is announced', () => channelText(stage).includes('Lastgood is paused'), 5);
      shop.release('v2', FAULTY);
      await untilHeld(stage);
      await people.type(ADA, 'status');
      await people.type(ADA, '');
      await staysFor(stage, 65);
      await people.type(ADA, 'resume');
      await stage.aftermath();
      await people.type(ADA, 'resume');
      await stage.minutes(1);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        published(stage, 'Lastgood Paused', 2) ??
        lacks(privateText(stage, EVE), 'You may not pause Lastgood.') ??
        lacks(
          privateText(stage, ADA),
          'Lastgood is paused: it changes nothing until you resume it.',
          'Nothing is changed until it is resumed.',
          /`ecs:prod\/checkout` · .*\*a rollback is paused\*/,
          'Lastgood acts again.',
          'Lastgood is not paused.',
        ) ??
        lacks(
          channelText(stage),
          /Lastgood is paused\* since .* by <@U0ADA>: the database moves/,
          'because Lastgood was paused by <@U0ADA>: the database moves',
          /Lastgood acts again\*, resumed by <@U0ADA>\./,
        ),
    },
  },
  {
    name: 'pause-approved-by-command',
    shows:
      'a person approves from a terminal while Lastgood is paused: another plan is refused, the answer counts, and the rollback waits for the end of the pause',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { lastgood: 'approve' } });
      pause(stage);
      shop.release('v2', FAULTY);
      await untilApprove(stage);
      const name = rollbacksIn(stage.runtime)[0]?.name ?? '';
      await listsSay(stage, /, a rollback waits for an answer/, / waits for an answer /);
      says(await lastgood(stage, ['approve', name, '--plan', NO_PLAN]), FORBIDDEN, /about another plan/);
      const hash = await hashOf(stage, name);
      const approved = await lastgood(stage, ['approve', name, '--plan', hash]);
      says(approved, FINE, /warning: Lastgood is paused.*|Approved\. Lastgood plans once more/);
      await untilHeld(stage);
      await listsSay(stage, /, a rollback is paused/, / paused /);
      says(
        await lastgood(stage, ['deny', name, '--plan', hash]),
        FORBIDDEN,
        /no question .* waits for an answer/,
      );
      says(await lastgood(stage, ['resume']), FINE, /^Lastgood was paused since/);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1') ?? approvedBy(stage),
    },
  },
  {
    name: 'pause-two-people-by-command',
    shows: 'two people must agree to this target: no approval from a terminal counts, but a denial does',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { lastgood: 'approve', 'lastgood:approvals': '2' } });
      shop.release('v2', FAULTY);
      await untilApprove(stage);
      const name = rollbacksIn(stage.runtime)[0]?.name ?? '';
      const hash = await hashOf(stage, name);
      says(await lastgood(stage, ['approve', name, '--plan', hash]), FORBIDDEN, /two people must agree/);
      says(await lastgood(stage, ['deny', name, '--plan', hash]), FINE, /^Denied\./m);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /^arn:aws:iam::\d+:\S+ decided not to go back\.$/,
    },
  },
  {
    name: 'pause-frozen-by-command',
    shows:
      'a target is frozen from a terminal until a time: the rollback asks, lists say so, and an end in Slack is taken or refused',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage);
      const how = ['--because', 'the sale', '--until', '1h'];
      const frozen = await whileTimePasses(stage, ['freeze', TARGET, ...how]);
      says(frozen, FINE, /^ecs:prod\/checkout is frozen until .* UTC: the sale$/m);
      says(await whileTimePasses(stage, ['list']), FINE, /checkout:1, frozen until 2026-11-22/);
      await people.type(ADA, '');
      await people.type(ADA, 'status');
      shop.release('v2', FAULTY);
      await untilAsked(stage);
      says(await whileTimePasses(stage, ['unfreeze', TARGET]), FINE, /is not frozen any more/);
      says(await whileTimePasses(stage, ['unfreeze', TARGET]), FINE, /was not frozen/);
      await people.type(BEN, `freeze ${TARGET} until tomorrow because x`);
      await people.type(BEN, `freeze ${TARGET} 10m because x`);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      also: (stage) =>
        published(stage, 'Rollback Frozen', 2) ??
        published(stage, 'Rollback Unfrozen', 1) ??
        lacks(privateText(stage, ADA), /`ecs:prod\/checkout` · .*frozen since/, /is frozen since .* until/) ??
        lacks(privateText(stage, BEN), 'A freeze ends "until" a time', /is frozen until/) ??
        lacks(channelText(stage), /froze `ecs:prod\/checkout` until .*: the sale/),
    },
  },
];

/** Returns the hash that the command shows, without an answer. */
async function hashOf(stage: Stage, execution: string): Promise<string> {
  const { out } = await lastgood(stage, ['approve', execution, '--plan', NO_PLAN]);
  const [, hash = ''] = /^ {2}plan {5}([0-9a-f]{64})$/m.exec(out) ?? [];
  return hash;
}

/** Runs a command that waits until something is recorded, while time passes. */
/** Checks what the commands `list` and `history` say of a rollback that waits. */
async function listsSay(stage: Stage, list: RegExp, history: RegExp): Promise<void> {
  says(await whileTimePasses(stage, ['list']), FINE, list);
  says(await whileTimePasses(stage, ['history']), FINE, history);
}

async function whileTimePasses(stage: Stage, args: readonly string[]): Promise<Answered> {
  const command = lastgood(stage, args);
  const over = new AbortController();
  void command.finally(() => over.abort());
  while (!over.signal.aborted) {
    await stage.minutes(0.02);
    await setTimeout(20);
  }
  return command;
}

function says({ status, out, problem }: Answered, wanted: Status, words: RegExp): void {
  if (status !== wanted || !words.test(out + problem))
    throw new Error(`lastgood ended with ${status}, and says:\n${out}${problem}`);
}

/** Returns null if the answer carries an identity of AWS, or else who approved. */
function approvedBy({ runtime }: Stage): string | null {
  const { approval } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as { approval?: { by?: string } };
  return approval?.by?.startsWith('arn:aws:') === true ? null : `approved by ${approval?.by}`;
}
