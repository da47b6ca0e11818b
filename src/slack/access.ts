import * as z from 'zod/mini';
import { kept } from '../lambda/kept.ts';
import { logger } from '../lambda/logger.ts';
import type { Instant } from '../rollback/request.ts';
import { parseJson } from '../rollback/json.ts';
import { SlackRefusal } from './web-api.ts';

const name = z.string().check(z.minLength(1), z.maxLength(1024));

const Rule = z.strictObject({
  /** Target strings; `*` stands for any characters. */
  targets: z.array(name),
  /** Slack ids of users, `U…` or `W…`. */
  users: z.optional(z.array(z.string().check(z.regex(/^[UW][A-Z0-9]+$/)))),
  /** Slack ids of user groups, `S…`. */
  groups: z.optional(z.array(z.string().check(z.regex(/^S[A-Z0-9]+$/)))),
});

/** The access rules: which users may touch which targets. Without a rule that allows it, a user may do nothing. */
export type Access = readonly z.infer<typeof Rule>[];

/**
 * Reads the rules from their parameter. One misspelt word denies everything: a rule that is read in part might allow
 * too much.
 */
export function readAccess(text: string | undefined): Access {
  const read = z.array(Rule).safeParse(parseJson(text));
  return read.success ? read.data : [];
}

/** Returns the ids of the users in a group. */
export type Members = (group: string) => Promise<readonly string[]>;

/**
 * Asks Slack, and keeps an answer for a minute. A group that does not exist has no members: a deleted or misspelt group
 * must not block a user whom another rule allows.
 * https://docs.slack.dev/reference/methods/usergroups.users.list
 */
export function createMembers(ask: Members, now: () => Instant): Members {
  return kept(
    (group) =>
      ask(group).catch((error: unknown) => {
        if (!(error instanceof SlackRefusal) || error.code !== 'no_such_subteam') throw error;
        logger.warn('an access rule names a user group that does not exist', { group });
        return [];
      }),
    now,
  );
}

/**
 * Says whether a person may touch a target. Asks for groups only where no rule names the person. Rejects if Slack
 * fails.
 */
export async function mayTouch(
  access: Access,
  user: string,
  target: string,
  members: Members,
): Promise<boolean> {
  const applying = access.filter(({ targets }) => targets.some((pattern) => fits(pattern, target)));
  if (applying.some(({ users = [] }) => users.includes(user))) return true;
  const groups = new Set(applying.flatMap(({ groups: named = [] }) => named));
  for (const group of groups) if ((await members(group)).includes(user)) return true;
  return false;
}

function fits(pattern: string, target: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(target);
}
