import '../../paths/silence-logs.ts';
import { expect, test } from 'vitest';
import { after } from '../../../src/rollback/time.ts';
import { createMembers, mayTouch, readAccess } from '../../../src/slack/access.ts';
import { createSettings } from '../../../src/slack/settings.ts';
import { SlackRefusal } from '../../../src/slack/web-api.ts';
import { asSecrets, revealed } from '../../fakes/parameters.ts';

const START = '2026-11-22T03:00:00.000Z';

/** Makes a clock, Slack's user groups and Parameter Store, and records their requests. */
function open() {
  let now = START;
  const asked: string[] = [];
  const groups = new Map([['S1', ['U1']]]);
  const parameters = new Map([
    ['/slack/bot-token', 'token-1'],
    ['/slack/access', 'rules-1'],
  ]);
  const members = createMembers(
    (group) => {
      asked.push(group);
      const users = groups.get(group);
      const gone = () => Promise.reject(new SlackRefusal('usergroups.users.list', 'no_such_subteam'));
      return users === undefined ? gone() : Promise.resolve(users);
    },
    () => now,
  );
  const read = (names: readonly string[]) => {
    asked.push(...names);
    return Promise.resolve(asSecrets([...parameters].filter(([name]) => names.includes(name))));
  };
  const settings = createSettings(read, '/slack/', () => now, 'bot-token', 'access');
  return { asked, groups, parameters, members, settings, later: (s: number) => (now = after(now, s)) };
}

test('the members of a group are read once a minute', async () => {
  const { asked, groups, members, later } = open();
  expect(await members('S1')).toEqual(['U1']);
  groups.set('S1', ['U2']);
  later(59);
  expect(await members('S1')).toEqual(['U1']);
  later(1);
  expect(await members('S1')).toEqual(['U2']);
  expect(asked).toEqual(['S1', 'S1']);
});

test('an unknown group has no members, and blocks no user whom another rule allows', async () => {
  const { members } = open();
  const rules = readAccess('[{"targets": ["*"], "groups": ["S0DEAD", "S1"]}]');
  expect(await mayTouch(rules, 'U1', 'ecs:prod/cart', members)).toBe(true);
  expect(await mayTouch(rules, 'U9', 'ecs:prod/cart', members)).toBe(false);
});

test.each(['missing_scope', 'invalid_auth'])('if Slack fails (%s), no user is allowed', async (code) => {
  let refuses = true;
  const ask = () =>
    refuses ? Promise.reject(new SlackRefusal('usergroups.users.list', code)) : Promise.resolve(['U1']);
  const members = createMembers(ask, () => START);
  await expect(members('S1')).rejects.toThrow(code);
  refuses = false;
  expect(await members('S1')).toEqual(['U1']);
});

test('the rules and the token are read again after a minute', async () => {
  const { asked, parameters, settings, later } = open();
  await settings();
  parameters.set('/slack/bot-token', 'token-2').set('/slack/access', 'rules-2');
  later(59);
  expect(revealed(await settings())).toEqual({ 'bot-token': 'token-1', access: 'rules-1' });
  later(1);
  expect(revealed(await settings())).toEqual({ 'bot-token': 'token-2', access: 'rules-2' });
  expect(revealed(await settings())).toEqual({ 'bot-token': 'token-2', access: 'rules-2' });
  expect(asked).toHaveLength(4);
});

test('deleted rules allow no user any more', async () => {
  const { parameters, settings, later } = open();
  await settings();
  parameters.delete('/slack/access');
  later(60);
  expect(revealed(await settings())).toEqual({ 'bot-token': 'token-1' });
});

test('while a setting is missing, all of them are read every time', async () => {
  const { asked, parameters, settings } = open();
  parameters.delete('/slack/access');
  await settings();
  parameters.set('/slack/bot-token', 'token-2').set('/slack/access', 'rules-1');
  expect(revealed(await settings())).toEqual({ 'bot-token': 'token-2', access: 'rules-1' });
  expect(asked).toHaveLength(4);
});
