import { underWayIn } from '../../src/ledger/under-way.ts';
import { nothingKnown, targetsList } from '../../src/slack/messages/targets.ts';
import type { Command, Press } from '../../src/slack/said.ts';
import { visibleTo, type KnownTargets } from '../../src/slack/targets.ts';
import type { Message } from '../../src/slack/web-api.ts';
import { answerAsker, askerOf } from './asker.ts';
import type { Desk, OpenDesk } from './desk.ts';
import type { Looked } from './lists.ts';
import { pauseNotes } from './pausing.ts';

/** Number of targets that are read for a page. With long names not all of them fit on it. */
const PAGE_SIZE = 20;

/** The most running rollbacks that are read: the list marks them, and a plan looks for one of its target. */
export const MAX_RUNNING = 100;

/** Starts the list for one page. Returns null if the page is shown later. */
export async function startList(
  desk: Desk,
  said: Command | Press,
  { targets, unread }: KnownTargets,
  first: number,
): Promise<Message | null> {
  const shown = targets.slice(first, first + PAGE_SIZE);
  if (shown.length === 0) return nothingKnown(unread);
  const page = { first, targets: shown, total: targets.length, unread, replaces: said.kind === 'press' };
  await desk.lists.start(page, askerOf(said, desk.secret), said.trigger);
  return null;
}

/** Handles a press that turns the page. */
export async function turnPage(desk: Desk, press: Press): Promise<Message | null> {
  const known = await desk.targets();
  const targets = await visibleTo(press.user, known.targets, desk.may);
  const first = /^\d{1,5}$/.test(press.value) ? Number(press.value) : 0;
  return startList(desk, press, { ...known, targets }, first);
}

/** Shows a page, with the running revisions of its targets. */
export async function showList(desk: OpenDesk, looked: Looked): Promise<void> {
  const { ledger, claims, freezes, now } = desk;
  const { asker, page, runs } = looked;
  const open = await claims.open(now(), MAX_RUNNING);
  const underWay = underWayIn(open);
  const listed = await Promise.all(
    page.targets.map(async (target) => ({
      target,
      entries: await ledger.entries(target),
      runs: runs.get(target) ?? null,
      underWay: underWay.get(target) ?? null,
      freeze: await freezes.of(target, now()),
    })),
  );
  const notes = await pauseNotes(desk);
  const message = targetsList({ ...page, listed, notes, size: PAGE_SIZE });
  await answerAsker(desk, asker, message, { replace: page.replaces });
}
