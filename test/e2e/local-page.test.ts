import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import { environmentOf, startLocal } from './local-command.ts';

/** Returns the commands of the page, block by block, without the one that starts the server. */
const BLOCKS = [...readFileSync('docs/local.md', 'utf8').matchAll(/^```sh\n(.*?)^```/gms)]
  .map(([, block = '']) => block)
  .filter((block) => !block.startsWith('npm run -s local'));

function isCliThere(): boolean {
  const { status } = spawnSync('aws', ['--version'], { stdio: 'ignore' });
  if (status !== 0) console.warn('the AWS CLI is not installed: the commands of docs/local.md are not run');
  return status === 0;
}

/** The CLI takes a second or more to start, on a busy machine several. */
const LIMIT_MS = 240_000;

/**
 * This test alone plays in real time: ten virtual minutes pass in a second, whatever the machine is busy with. Once it
 * waited for the report in vain. A second failure shows what was said instead.
 */
const RETRIES = 2;

test.skipIf(!isCliThere())(
  'every command of docs/local.md runs, and the bad release is taken back',
  { timeout: LIMIT_MS, retry: RETRIES },
  async () => {
    const local = startLocal('--speed', '600');
    try {
      const greeting = await local.greeting();
      const env = { ...process.env, ...environmentOf(greeting) };
      const run = (block = '') => execFileSync('bash', ['-ec', block], { env, encoding: 'utf8' });
      expect(BLOCKS).toHaveLength(4);
      const [around, release, ...after] = BLOCKS;
      expect(run(around)).toContain('user/operator');
      run(release);
      const { endpoint, region, accessKeyId, secretAccessKey } = greeting;
      const ecs = new ECSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
      const runs = async () => {
        const { services = [] } = await ecs.send(
          new DescribeServicesCommand({ cluster: 'prod', services: ['checkout'] }),
        );
        return services[0]?.taskDefinition?.split('/').at(-1);
      };
      expect(await runs()).toBe('checkout:2');
      await local.says('Report: rolled-back');
      expect(await runs()).toBe('checkout:1');
      for (const block of after) run(block);
    } finally {
      local.process.kill('SIGKILL');
    }
  },
);
