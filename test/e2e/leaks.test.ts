import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leaksIn } from '../../local/scenarios/leaks.ts';
import { openStage } from '../../local/scenarios/stage.ts';

const ACCESS = [{ targets: ['ecs:prod/*'], users: ['U0ADA'] }];

async function open(fast: boolean) {
  const stage = await openStage({ seed: 1, fast });
  onTestFinished(() => stage.close());
  return { stage, ada: stage.slack.install(stage.runtime, ACCESS) };
}

describe.each([
  ['in process', true],
  ['with their bundles', false],
])('functions %s', (_, fast) => {
  it('leak nothing of what they read and receive', async () => {
    const { stage, ada } = await open(fast);
    await ada.type('U0ADA', 'status');
    await ada.type('U0ADA', 'list');
    await stage.minutes(2);
    expect(stage.slack.channel.whispers.length).toBeGreaterThan(1);
    expect(await leaksIn(stage)).toEqual([]);
  });

  it('that leak are found, in every output', async () => {
    const { stage, ada } = await open(fast);
    await ada.type('U0ADA', `freeze ecs:prod/checkout because ${SECRET_MARK}`);
    const machine = stage.runtime.stack.stateMachines.find(({ name }) => name.endsWith('-rollback'));
    const input = JSON.stringify({ request: { target: SECRET_MARK, reason: 'it hurts' } });
    stage.call('states', 'StartExecution', { stateMachineArn: machine?.arn, input });
    stage.journal.note(SECRET_MARK);
    await stage.minutes(2);
    const found = (await leaksIn(stage)).map((leak) => /^a secret is in ([^:]+): /.exec(leak)?.[1]);
    expect(new Set(found)).toEqual(
      new Set([
        'an event',
        'an execution',
        'the answer of a function',
        'a log',
        'a table',
        'a message in Slack',
        'a report page',
        'the terminal',
      ]),
    );
  });
});
