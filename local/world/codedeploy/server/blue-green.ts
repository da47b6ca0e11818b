import type { Timer } from '../../clock.ts';
import type { Instance } from '../../fleet/fleet.ts';
import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import type { Desk, Run } from '../platform.ts';
import { Crew, overviewOf, targetOf, type Member } from './crew.ts';
import { targetGroupsOf, type Ground } from './ground.ts';
import { bundleOf } from './in-place.ts';
import { installing, joining, leaving, type Step } from './lifecycle.ts';

/** From the copy of the Auto Scaling group to instances with an agent that answers. AWS gives no figure. */
const PROVISION_SECONDS = 90;

/**
 * Deploys to a replacement environment and moves the traffic there: install on green, register green, deregister blue,
 * wait, terminate blue. Taking such a deployment back means the same in the other direction, without installing, while
 * the original instances live.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/welcome.html#welcome-deployment-overview-blue-green
 */
export function startBlueGreen(ground: Ground, deployment: Deployment, desk: Desk): Run {
  const run = new BlueGreen(ground, deployment, desk);
  run.begin();
  return run;
}

class BlueGreen implements Run {
  readonly #ground: Ground;
  readonly #deployment: Deployment;
  readonly #desk: Desk;
  readonly #blue: Crew;
  #green: Crew;
  #timer: Timer | null = null;
  #phase: 'installing' | 'ready' | 'moving' | 'over' = 'installing';

  constructor(ground: Ground, deployment: Deployment, desk: Desk) {
    this.#ground = ground;
    this.#deployment = deployment;
    this.#desk = desk;
    const { settings } = deployment.group;
    const original = ground.fleet.tagged(settings.ec2TagFilters ?? []).filter(inService(ground, deployment));
    this.#blue = new Crew(ground.clock, original, 'Blue');
    this.#green = new Crew(ground.clock, [], 'Green');
  }

  begin(): void {
    const before = this.#deployment.rollbackOf?.run;
    if (before instanceof BlueGreen) {
      this.#takeBack(before);
      return;
    }
    this.#after(PROVISION_SECONDS, () => {
      const green = this.#replacement();
      if (green.length === 0) {
        this.#desk.fail('NO_INSTANCES', 'The deployment failed because no instances were found.');
        return;
      }
      this.#green = new Crew(this.#ground.clock, green, 'Green');
      const steps = (instance: Instance) => installing(this.#ground, this.#deployment, instance);
      this.#all(this.#green, steps, () => this.#installed());
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#blue.stop();
    this.#green.stop();
    this.#phase = 'over';
  }

  proceed(): void {
    if (this.#phase !== 'ready')
      throw invalid('DeploymentIsNotInReadyStateException', 'The deployment is not in a ready state.');
    this.#desk.proceed();
    this.#move();
  }

  targets() {
    return this.#members().map((member) => targetOf(this.#deployment.id, member));
  }

  overview() {
    return overviewOf(this.#members());
  }

  #members(): readonly Member[] {
    return [...this.#blue.members, ...this.#green.members];
  }

  /** A copy of the original environment, or the instances that CreateDeployment named. */
  #replacement(): readonly Instance[] {
    const { asked, group } = this.#deployment;
    const { greenFleetProvisioningOption } = group.settings.blueGreenDeploymentConfiguration ?? {};
    if (greenFleetProvisioningOption?.action === 'DISCOVER_EXISTING')
      return this.#ground.fleet.tagged(asked.targetInstances?.tagFilters ?? []);
    const { fleet } = this.#ground;
    const tagged = fleet.tagged(group.settings.ec2TagFilters ?? []);
    const [model] = tagged;
    // Before the first deployment nothing is in service, and the group has all of its instances to itself.
    const size = this.#blue.members.length || tagged.length;
    return model === undefined ? [] : fleet.launch(size, model.tags, model.port);
  }

  #installed(): void {
    for (const { instance } of this.#green.members)
      instance.installed = bundleOf(this.#ground, this.#deployment);
    const { actionOnTimeout, waitTimeInMinutes = 0 } =
      this.#deployment.group.settings.blueGreenDeploymentConfiguration?.deploymentReadyOption ?? {};
    if (actionOnTimeout !== 'STOP_DEPLOYMENT') {
      this.#move();
      return;
    }
    this.#phase = 'ready';
    this.#desk.ready();
    const message = 'The wait time for rerouting traffic has expired.';
    this.#after(waitTimeInMinutes * 60, () => this.#desk.stop('TIMEOUT', message));
  }

  /** Green first, and blue only when green carries. */
  #move(): void {
    this.#phase = 'moving';
    this.#timer?.cancel();
    const into = (instance: Instance) => joining(this.#ground, this.#deployment, instance);
    const out = (instance: Instance) => leaving(this.#ground, this.#deployment, instance);
    for (const member of this.#green.members) member.status = 'Pending';
    this.#all(this.#green, into, () => this.#all(this.#blue, out, () => this.#moved()));
  }

  #moved(): void {
    const { action = 'TERMINATE', terminationWaitTimeInMinutes = 0 } =
      this.#deployment.group.settings.blueGreenDeploymentConfiguration
        ?.terminateBlueInstancesOnDeploymentSuccess ?? {};
    if (action === 'KEEP_ALIVE') {
      this.#desk.succeed();
      return;
    }
    this.#desk.terminationWait();
    this.#after(terminationWaitTimeInMinutes * 60, () => {
      for (const { instance } of this.#blue.members) this.#ground.fleet.terminate(instance.id);
      this.#desk.succeed();
    });
  }

  /** The instances that the deployment wanted to leave serve again, and its replacements leave. */
  #takeBack(before: BlueGreen): void {
    const into = (instance: Instance) => joining(this.#ground, this.#deployment, instance);
    const out = (instance: Instance) => leaving(this.#ground, this.#deployment, instance);
    this.#green = new Crew(this.#ground.clock, instancesOf(before.#blue), 'Green');
    const away = new Crew(this.#ground.clock, instancesOf(before.#green), 'Blue');
    this.#all(this.#green, into, () =>
      this.#all(away, out, () => {
        for (const { instance } of away.members) this.#ground.fleet.terminate(instance.id);
        this.#desk.succeed();
      }),
    );
  }

  /** All at once; then what comes next, unless one of them failed. */
  #all(crew: Crew, steps: (instance: Instance) => readonly Step[], next: () => void): void {
    if (crew.members.length === 0) {
      next();
      return;
    }
    crew.advance(crew.members.length, steps, () => {
      if (crew.count('InProgress') > 0) return;
      if (crew.count('Failed') === 0) {
        next();
        return;
      }
      this.#desk.fail('HEALTH_CONSTRAINTS', 'Too many individual instances failed deployment.');
    });
  }

  #after(seconds: number, happen: () => void): void {
    this.#timer = this.#ground.clock.after(seconds * 1000, happen);
  }
}

function instancesOf({ members }: Crew): readonly Instance[] {
  return members.map(({ instance }) => instance);
}

/** The original environment: what is registered with the group's load balancer. */
function inService(ground: Ground, { group }: Deployment): (instance: Instance) => boolean {
  const arns = targetGroupsOf(ground, group);
  return ({ id, port }) => arns.some((arn) => ground.targetGroups.state(arn, { id, port }) !== null);
}
