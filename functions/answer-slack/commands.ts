import { frozenOf, unfrozenOf } from '../../src/events/freezing.ts';
import { tellAll } from '../../src/events/telling.ts';
import { readAsked, type Asked } from '../../src/slack/asked.ts';
import { code } from '../../src/slack/escape.ts';
import { denied, runningList, say, targetsList, unclear, USAGE } from '../../src/slack/messages/answers.ts';
import type { Command } from '../../src/slack/said.ts';
import type { Message } from '../../src/slack/web-api.ts';
import type { Desk } from './desk.ts';

/** How many targets are listed at most. */
const MOST = 30;

/** Somebody typed `/rollback …`. */
export async function onCommand(desk: Desk, command: Command): Promise<void> {
  const known = await visible(desk, command.user);
  const message = await answerTo(desk, command, readAsked(command.text, known), known);
  if (message !== null) await desk.answerTo(command.answerUrl, message);
}

/** Targets that this person may touch: no others are ever named to them. */
async function visible({ targets, may }: Desk, user: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const target of await targets()) if (await may(user, target)) found.push(target);
  return found;
}

/** Null: the answer comes later. */
async function answerTo(
  desk: Desk,
  command: Command,
  asked: Asked,
  known: readonly string[],
): Promise<Message | null> {
  if (asked.verb === 'help') return USAGE;
  if (asked.verb === 'unclear') return unclear(asked.problem, asked.suggestions);
  if (asked.verb === 'list') return listOf(desk, known.slice(0, MOST));
  if (!('target' in asked)) return statusOf(desk, command.user);
  if (!(await desk.may(command.user, asked.target))) return denied(asked.target);
  return touch(desk, command, asked);
}

type Touching = Extract<Asked, { readonly target: string }>;

async function touch(desk: Desk, command: Command, asked: Touching): Promise<Message | null> {
  const by = `slack:${command.user}`;
  switch (asked.verb) {
    case 'plan': {
      const { target, reason, revision } = asked;
      const trigger = { type: 'request', id: `slack:${command.trigger}`, at: desk.now(), by } as const;
      const request = { target, reason, trigger, ...(revision !== undefined && { revision }) };
      await desk.plans.start(request, { user: command.user, answerUrl: command.answerUrl }, desk.now());
      return null;
    }
    case 'freeze':
      return freeze(desk, asked.target, asked.reason, by);
    case 'unfreeze':
      return unfreeze(desk, asked.target, by);
  }
}

async function freeze(
  { freezes, emitter, now }: Desk,
  target: string,
  reason: string,
  by: string,
): Promise<Message> {
  const frozen = { target, reason, by, at: now() };
  await freezes.freeze(frozen);
  await tellAll(emitter, [frozenOf(frozen)]);
  return say(
    `${code(target)} is frozen: automatic rollbacks ask first, and \`lastgood check\` holds deployments up.`,
  );
}

async function unfreeze({ freezes, emitter, now }: Desk, target: string, by: string): Promise<Message> {
  const at = now();
  if (!(await freezes.unfreeze(target, by, at))) return say(`${code(target)} was not frozen.`);
  await tellAll(emitter, [unfrozenOf(target, by, at)]);
  return say(`${code(target)} is not frozen any more.`);
}

async function listOf({ ledger, claims, now }: Desk, targets: readonly string[]): Promise<Message> {
  const running = new Set((await claims.open(now(), MOST)).map(({ target }) => target));
  const listed = [];
  for (const target of targets)
    listed.push({ target, entries: await ledger.entries(target), isRunning: running.has(target) });
  return targetsList(listed);
}

async function statusOf({ claims, may, now }: Desk, user: string): Promise<Message> {
  const shown = [];
  for (const record of await claims.open(now(), MOST))
    if (record.outcome === undefined && (await may(user, record.target))) shown.push(record);
  return runningList(shown);
}
