import { spawnSync } from 'node:child_process';
import type { Role } from '@lastgood/embedded-aws/runtime/stack/stack.ts';
import { ACCOUNT, arn } from '@lastgood/embedded-aws/world/aws.ts';
import { COMMAND } from '../../scripts/command.ts';

/** Returns a role of a verb, with exactly the permissions in its help. */
export function roleOf(verb: string): Role {
  const { stdout } = spawnSync(process.execPath, [COMMAND, verb, '--help'], { encoding: 'utf8' });
  const [, listed = ''] = /^Permissions of .*\n((?: {2}\S+ +\S+\n)+)/m.exec(stdout) ?? [];
  const Statement = [...listed.matchAll(/^ {2}(([a-z-]+):\S+) +(\S+)$/gm)].map(
    ([, Action = '', service = '', resource = '']) =>
      ({ Effect: 'Allow', Action, Resource: [resourceOf(service, resource)] }) as const,
  );
  const policies = [{ Version: '2012-10-17', Statement }];
  return { name: `${verb}-only`, arn: `arn:aws:iam::${ACCOUNT}:role/${verb}-only`, policies };
}

function resourceOf(service: string, resource: string): string {
  return resource === '*' ? '*' : arn(service, resource.replace('STAGE', 'prod'));
}
