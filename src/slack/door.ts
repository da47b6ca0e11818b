import { createParameters, type ParameterSurroundings } from '../aws/parameters.ts';
import type { Secret } from '../aws/secret.ts';
import { Unavailable } from '../rollback/errors.ts';
import type { Instant } from '../rollback/request.ts';
import { createMembers, mayTouch, readAccess, type Members } from './access.ts';
import { createSettings } from './settings.ts';
import { createSlack } from './web-api.ts';

/** The checks that every request from Slack passes. */
export interface Door {
  /** The signing secret. */
  readonly secret: Secret;
  /** Says whether a person may touch a target. Without access rules the answer is always no. */
  readonly may: May;
}

/** Says whether a person may touch a target. Without Slack's settings the answer is always no. */
export type May = (user: string, target: string) => Promise<boolean>;

/**
 * Makes the access rules alone, for what no longer holds a request: it needs no signing secret. Each call of the
 * function reads them again after a minute.
 */
export function createAccess(surroundings: ParameterSurroundings): May {
  const { fetch, now, setting } = surroundings;
  const read = createParameters(surroundings);
  const settings = createSettings(read, setting('SLACK_SETTINGS'), now, 'bot-token', 'access');
  const members = membersOf(fetch, setting('SLACK_API'), settings, now);
  return async (user, target) => {
    const { 'bot-token': token, access } = await settings();
    return token !== undefined && mayTouch(readAccess(access?.reveal()), user, target, members);
  };
}

/**
 * Makes the door for each request from the parameters. Returns null if the signing secret or the bot token is missing.
 */
export function createDoor(surroundings: ParameterSurroundings): () => Promise<Door | null> {
  const { fetch, now, setting } = surroundings;
  const api = setting('SLACK_API');
  const path = setting('SLACK_SETTINGS');
  const settings = createSettings(
    createParameters(surroundings),
    path,
    now,
    'signing-secret',
    'bot-token',
    'access',
  );
  const members = membersOf(fetch, api, settings, now);
  return async () => {
    const { 'signing-secret': secret, 'bot-token': token, access } = await settings();
    if (secret === undefined || token === undefined) return null;
    const rules = readAccess(access?.reveal());
    return { secret, may: (user, target) => mayTouch(rules, user, target, members) };
  };
}

function membersOf(
  get: typeof fetch,
  api: string,
  settings: () => Promise<{ readonly 'bot-token'?: Secret }>,
  now: () => Instant,
): Members {
  return createMembers(async (group) => {
    const { 'bot-token': token } = await settings();
    if (token === undefined) throw new Unavailable('the bot token of Slack is missing');
    return createSlack(get, api, token).members(group);
  }, now);
}
