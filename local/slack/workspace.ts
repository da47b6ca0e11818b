import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import type { World } from '@lastgood/embedded-aws/world/world.ts';
import { Channel } from './channel.ts';
import { createPeople, type People } from './people.ts';
import { startSlack, type SlackServer } from './server.ts';

const TOKEN = `xoxb-${SECRET_MARK}`;
const SECRET = `${SECRET_MARK} for signing`;
const PREFIX = '/lastgood/prod/slack/';

/** A Slack workspace beside the embedded AWS. Lastgood does not use it before it is installed. */
export interface Workspace {
  readonly channel: Channel;
  readonly server: SlackServer;
  /** Values for the template's parameters: Slack's URLs. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Installs the Slack app: puts its secrets and rules into Parameter Store, and the request URL into Slack. */
  install(runtime: Runtime, access: readonly object[]): People;
  /** Puts the app's token into Parameter Store, as an operator who renewed it does. */
  putToken(): void;
}

/** @param isReachedFromOutside whether others than this process send to it: bundles in their threads do */
export async function openWorkspace(world: World, isReachedFromOutside: boolean): Promise<Workspace> {
  const { clock, random, ssm } = world;
  const channel = new Channel('C0ONCALL', random('slack'), () => clock.now());
  const server = await startSlack({ channel, clock, token: TOKEN }, isReachedFromOutside);
  const put = (name: string, value: string, type: 'SecureString' | 'String') =>
    void ssm.operations.PutParameter.run({ Name: PREFIX + name, Value: value, Type: type, Overwrite: true });
  const putToken = () => put('bot-token', server.token, 'SecureString');
  return {
    channel,
    server,
    putToken,
    parameters: { SlackApi: server.api, SlackHooks: server.hooks },
    install(runtime, access) {
      put('signing-secret', SECRET, 'SecureString');
      putToken();
      put('channel', channel.id, 'String');
      put('access', JSON.stringify(access), 'String');
      channel.triggers.now = () => runtime.lambda.now();
      server.limits.now = () => runtime.lambda.now();
      const requestUrl = `${runtime.api}/slack`;
      return createPeople({
        channel,
        clock,
        secret: SECRET,
        requestUrl,
        optionsUrl: `${requestUrl}/options`,
      });
    },
  };
}
