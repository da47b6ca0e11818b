import { createParameters, type ParameterSurroundings } from '../aws/parameters.ts';
import { createMembers, mayTouch, readAccess } from './access.ts';
import { createSettings } from './settings.ts';
import { createSlack } from './web-api.ts';

/** What everybody who speaks in Slack passes. */
export interface Door {
  /** The signing secret. */
  readonly secret: string;
  /** Whether a person may touch a target. Without rules of who may, nobody may. */
  readonly may: (user: string, target: string) => Promise<boolean>;
}

/**
 * The door, made anew for each request from the parameters; null: without the secret or the token nothing works.
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
  const members = createMembers(async (group) => {
    const { 'bot-token': token = '' } = await settings();
    return createSlack(fetch, api, token).members(group);
  }, now);
  return async () => {
    const { 'signing-secret': secret, 'bot-token': token, access } = await settings();
    if (secret === undefined || token === undefined) return null;
    const rules = readAccess(access);
    return { secret, may: (user, target) => mayTouch(rules, user, target, members) };
  };
}
