import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import type { Companion } from '../../../src/rollback/evidence.ts';
import { NOTHING, type EvidenceSource } from '../source.ts';
import type { EcsReads } from './reads.ts';

/**
 * Reads whether the release deployed in another way than the deployment before it: the strategy, the percents, the circuit
 * breaker. A service revision does not hold these settings, so no way back restores them. UpdateService may have changed
 * them before the release, without a deployment, so the sentence names no author.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
 */
export function deploymentSettings({ deployments }: Pick<EcsReads, 'deployments'>): EvidenceSource {
  return {
    name: 'deployment settings',
    kind: 'ecs',
    async read(rollback, signal) {
      const { released, before } = await deployments(rollback, signal);
      const [was, is] = [before?.deploymentConfiguration, released?.deploymentConfiguration];
      if (was === undefined || is === undefined) return NOTHING;
      const lines = differences(was, is);
      if (lines.length === 0) return NOTHING;
      const name = rollback.plan.watch.tasks;
      const says = `How ECS deploys has changed since the deployment before the release: ${lines.join(', ')}.`;
      return { lines, companions: [{ of: 'deployment-settings', says, ...restore(was, name) }] };
    },
  };
}

/** Returns one line a setting: `strategy BLUE_GREEN → ROLLING`. */
function differences(was: DeploymentConfiguration, is: DeploymentConfiguration): readonly string[] {
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])] as (keyof DeploymentConfiguration)[];
  return fields.flatMap((field) => {
    const [before, now] = [was[field], is[field]];
    if (JSON.stringify(before) === JSON.stringify(now)) return [];
    return [`${field} ${shown(before)} → ${shown(now)}`];
  });
}

/** Shows a setting without what a hook is given: its owner chose that text. */
function shown(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return `${value.length} of them`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Returns the command that puts the settings back. There is none for hooks, which may hold texts of their owner. */
function restore(
  was: DeploymentConfiguration,
  name: { readonly cluster: string; readonly service: string } | undefined,
): Pick<Companion, 'command'> {
  if (name === undefined || (was.lifecycleHooks ?? []).length > 0) return {};
  const settings = JSON.stringify(was).replaceAll("'", "'\\''");
  return {
    command: `aws ecs update-service --cluster ${name.cluster} --service ${name.service} --deployment-configuration '${settings}'`,
  };
}
