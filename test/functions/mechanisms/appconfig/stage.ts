import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { AppConfigWorld } from '@lastgood/embedded-aws/test/world/appconfig-world.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { createMechanism } from '../../../../functions/mechanisms/appconfig/mechanism.ts';
import { createAppConfig } from '../../../../functions/mechanisms/appconfig/sdk.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';

export const ARN = 'arn:aws:appconfig:eu-west-1:111122223333';

/**
 * Creates a client that calls the embedded AWS in process, and keeps what was accepted.
 * @param stopSeconds how long a stop takes before it answers
 */
export function clientOf(world: AppConfigWorld, accepted: string[], stopSeconds = 0): AppConfigClient {
  const send = async (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    try {
      const answer = world.appconfig.operations[operation]!.run(command.input as never, { role: 'operator' });
      accepted.push(operation);
      if (operation === 'StopDeployment') await world.pass(stopSeconds);
      return answer;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw Object.assign(new Error(error.message), { name: error.code });
    }
  };
  return Object.assign(new AppConfigClient(), { send });
}

/** Sets up the mechanism on the embedded AWS, with its clock, and keeps the calls that were accepted. */
export function stage(world = new AppConfigWorld(), target = world.target, stopSeconds = 0) {
  const accepted: string[] = [];
  const ledger = new FakeEntries(target);
  const appconfig = createAppConfig(clientOf(world, accepted, stopSeconds), ARN);
  const alarmStates = (names: readonly string[]) =>
    Promise.resolve(new Map(names.flatMap((name) => [[name, world.alarms.get(name) ?? '']])));
  const clients = {
    ...{ appconfig, alarmStates, ledger },
    readTags: (arns: readonly string[]) =>
      Promise.resolve(arns.map((arn) => world.appconfig.tagged().find((one) => one.arn === arn)?.tags ?? {})),
    now: () => world.clock.iso(),
  };
  const writes = () => accepted.filter((operation) => /^St(art|op)Deployment$/.test(operation)).length;
  return { world, clients, appconfig, mechanism: createMechanism(clients), ledger, accepted, target, writes };
}

export type Stage = ReturnType<typeof stage>;
