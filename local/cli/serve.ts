import { setTimeout } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { openStage } from '../scenarios/stage.ts';
import { openShop } from '../scenarios/ecs/shop.ts';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { prepare } from './prepare.ts';

/** Real milliseconds between two advances of the virtual clock. */
const BEAT_MS = 100;

interface Options {
  readonly port: number;
  readonly speed: number;
  readonly seed: number;
}

const number =
  (least: number, most: number) =>
  (text: string): number => {
    const read = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (!(read >= least && read <= most))
      throw new InvalidArgumentError(`must be a number from ${least} to ${most}.`);
    return read;
  };

await runCommand(
  new Command('npm run local --')
    .description(
      'The embedded AWS as a server on 127.0.0.1, with Lastgood deployed into it and a service under traffic, until ' +
        'interrupted. Any AWS client may talk to it. When ready it prints one line of JSON with its endpoint and credentials.',
    )
    .option('--port <number>', 'port; 0 takes any free one', number(0, 65535), 0)
    .option('--speed <factor>', 'virtual seconds that pass in one real second', number(0.01, 10_000), 1)
    .option('--seed <number>', 'of the random numbers', number(0, 999_999_999), 1)
    .action(serve),
);

async function serve({ port, speed, seed }: Options): Promise<void> {
  await prepare({ quiet: true });
  const stage = await openStage({
    seed,
    port,
    onHappening: ({ at, what }) => console.error(`${at}  ${what}`),
  });
  await openShop(stage);
  const { clock } = stage.world;
  const credentials = stage.runtime.wire.credentials('operator');
  console.log(
    JSON.stringify({
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      ...credentials,
      now: clock.iso(),
    }),
  );

  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve('interrupted'));
  });
  const [real, virtual] = [Date.now(), clock.now()];
  while ((await Promise.race([interrupted, setTimeout(BEAT_MS)])) !== 'interrupted') {
    await clock.run(() => false, virtual + (Date.now() - real) * speed);
  }
  await stage.close();
}
