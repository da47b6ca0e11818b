import type { Role } from '@lastgood/embedded-aws/runtime/stack/stack.ts';
import { ACCOUNT, REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { closeClients, openClients } from '../../scripts/verify-on-aws/clients.ts';
import type { Ground } from '../../scripts/verify-on-aws/ground.ts';
import { IMAGE } from '../../scripts/verify-on-aws/parts/web.ts';
import { MACHINE_IMAGE } from '../../scripts/verify-on-aws/template.ts';
import { policyOf } from '../../scripts/verify-on-aws/permissions.ts';
import { openStage, type Stage } from '../scenarios/stage.ts';

/** The caller of the program, with exactly the permissions that the program says it needs. */
export const VERIFIER: Role = {
  name: 'verifier',
  arn: `arn:aws:iam::${ACCOUNT}:role/verifier`,
  policies: [policyOf()],
};

/** Behaviour of a server whose release is good. */
const GOOD = { startSeconds: 20, health: 'passes', errorRate: 0.0001, latency: 0.08 } as const;

export interface EmbeddedGround extends Ground {
  readonly stage: Stage;
  close(): Promise<void>;
}

/** Opens the embedded AWS with Lastgood deployed in it. Its virtual time passes while the program waits. */
export async function openEmbedded({ seed = 1 }: { readonly seed?: number } = {}): Promise<EmbeddedGround> {
  const stage = await openStage({ seed, fast: true, roles: [VERIFIER] });
  const { world, runtime, traffic } = stage;
  const { clock } = world;
  world.ecr.publish(IMAGE, GOOD);
  const image = world.ec2.bake('al2023', GOOD);
  stage.call('ssm', 'PutParameter', { Name: MACHINE_IMAGE, Value: image, Type: 'String' });
  const clients = openClients({
    region: REGION,
    endpoint: runtime.wire.endpoint,
    credentials: runtime.wire.credentials(VERIFIER.name),
  });
  return {
    stage,
    clients,
    region: REGION,
    now: () => clock.now(),
    wait: (seconds) => clock.run(() => false, clock.now() + seconds * 1000),
    // The world's users send requests to every listener and alias by themselves.
    send: () => ({
      sent: {
        get requests() {
          return traffic.history().reduce((sum, { requests }) => sum + requests, 0);
        },
        invocations: 0,
      },
      stop: () => Promise.resolve(),
    }),
    close: async () => {
      closeClients(clients);
      await stage.close();
    },
  };
}
