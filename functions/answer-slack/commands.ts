import { frozenOf, unfrozenOf } from '../../src/events/freezing.ts';
import { publishAll } from '../../src/events/publish.ts';
import { readAsked, type Asked } from '../../src/slack/asked.ts';
import { code, moment } from '../../src/slack/escape.ts';
import {
  denied,
  frozenLine,
  runningList,
  say,
  unclear,
  USAGE,
  withNotes,
} from '../../src/slack/messages/answers.ts';
import { triggerIdOf, type Command, type Form } from '../../src/slack/said.ts';
import { visibleTo } from '../../src/slack/targets.ts';
import type { Message } from '../../src/slack/web-api.ts';
import { acknowledge } from './acknowledge.ts';
import { askerOf } from './asker.ts';
import { startCheck } from './checks.ts';
import type { Desk } from './desk.ts';
import { startList } from './listing.ts';
import { orderPause, pauseNotes } from './pausing.ts';

const MAX_ROLLBACKS = 30;

/** The most targets whose freeze is read for a status. */
const MAX_FROZEN = 100;

/** Handles a command `/rollback …`, or a button that runs one. */
export async function onCommand(desk: Desk, command: Command): Promise<void> {
  const known = await desk.targets();
  const targets = await visibleTo(command.user, known.targets, desk.may);
  const asked = readAsked(command.text, targets, desk.saidAt);
  const message =
    asked.verb === 'list'
      ? await startList(desk, command, { ...known, targets }, 0)
      : await answerTo(desk, command, asked, targets);
  if (message === null) return;
  if (CHANGING.includes(asked.verb)) await acknowledge(desk, command.answerUrl, message);
  else await desk.answerTo(command.answerUrl, message);
}

/** A retry would find these done. */
const CHANGING: readonly string[] = ['freeze', 'unfreeze', 'pause', 'resume'];

type Answerable = Exclude<Asked, { readonly verb: 'list' }>;

/** Returns the answer, or null if it comes later. */
async function answerTo(
  desk: Desk,
  command: Command,
  asked: Answerable,
  targets: readonly string[],
): Promise<Message | null> {
  if (asked.verb === 'help') return USAGE;
  if (asked.verb === 'unclear') return unclear(asked.problem, asked.suggestions);
  if (asked.verb === 'pause' || asked.verb === 'resume') return orderPause(desk, command, asked);
  if (!('target' in asked)) return statusOf(desk, command.user, targets);
  if (!(await desk.may(command.user, asked.target))) return denied(asked.target);
  return touch(desk, command, asked);
}

type Touching = Extract<Asked, { readonly target: string }>;

/** Runs a command on a target that this person may touch. Returns null if the answer comes later. */
export async function touch(desk: Desk, said: Command | Form, asked: Touching): Promise<Message | null> {
  const by = `slack:${said.user}`;
  switch (asked.verb) {
    case 'plan': {
      const { target, reason, revision } = asked;
      const trigger = { type: 'request', id: triggerIdOf(said), at: desk.now(), by } as const;
      const request = { target, reason, trigger, ...(revision !== undefined && { revision }) };
      await desk.plans.start(request, askerOf(said, desk.secret));
      return null;
    }
    case 'freeze':
      return freeze(desk, asked, by);
    case 'unfreeze':
      return unfreeze(desk, asked.target, by);
    case 'readiness':
      return startCheck(desk, said, asked.target);
  }
}

async function freeze(
  { freezes, emitter, saidAt: at }: Desk,
  { target, reason, until }: Extract<Touching, { readonly verb: 'freeze' }>,
  by: string,
): Promise<Message> {
  const frozen = { target, reason, by, at, ...(until !== undefined && { until }) };
  await freezes.freeze(frozen);
  await publishAll(emitter, [frozenOf(frozen)]);
  return say(
    `${code(target)} is frozen ${until === undefined ? 'until a person unfreezes it' : `until ${moment(until)}`}. Automatic rollbacks ask first, and \`lastgood check\` fails in pipelines.`,
  );
}

async function unfreeze(
  { freezes, emitter, saidAt: at }: Desk,
  target: string,
  by: string,
): Promise<Message> {
  if (!(await freezes.unfreeze(target, by, at))) return say(`${code(target)} was not frozen.`);
  await publishAll(emitter, [unfrozenOf(target, by, at)]);
  return say(`${code(target)} is not frozen any more.`);
}

async function statusOf(desk: Desk, user: string, visible: readonly string[]): Promise<Message> {
  const { claims, may, now, freezes } = desk;
  const shown = [];
  for (const record of await claims.open(now(), MAX_ROLLBACKS))
    if (record.outcome === undefined && (await may(user, record.target))) shown.push(record);
  const frozen = await Promise.all(visible.slice(0, MAX_FROZEN).map((target) => freezes.of(target, now())));
  const notes = [
    ...(await pauseNotes(desk)),
    ...frozen.flatMap((one) => (one === null ? [] : [frozenLine(one)])),
  ];
  return withNotes(runningList(shown), notes);
}
