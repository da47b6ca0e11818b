import { expect, it } from 'vitest';
import { readSaid } from '../../../src/slack/said.ts';

const press = (where: object): string => {
  const payload = {
    type: 'block_actions',
    channel: { id: 'C1' },
    trigger_id: 't',
    response_url: 'https://hooks.slack.com/actions/1',
    actions: [{ action_id: 'lastgood.approve', value: 'v' }],
    ...where,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
};

it.each([
  [{ team: { id: 'T1' }, user: { id: 'U1' } }, 'T1'],
  [{ team: null, enterprise: { id: 'E1' }, user: { id: 'U1', team_id: 'T2' } }, 'T2'],
  [{ team: null, enterprise: { id: 'E1' }, user: { id: 'U1' } }, 'E1'],
  [{ user: { id: 'U1' } }, 'unknown'],
])('a press in %j is taken, from %s', (where, team) => {
  expect(readSaid(press(where))).toMatchObject({
    kind: 'press',
    team,
    user: 'U1',
    button: 'lastgood.approve',
  });
});
