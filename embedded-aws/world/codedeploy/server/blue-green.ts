import type { Timer } from '../../clock.ts';
import type { Instance } from '../../fleet/fleet.ts';
import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import type { Desk } from '../platform.ts';
import type { Run } from '../run.ts';
import { Crew, overviewOf, targetOf, type Member } from './crew.ts';
import { lead, originalOf, replacementOf } from './environments.ts';
import type { Ground } from './ground.ts';
import { bundleOf } from './in-place.ts';
import { installing, joining, leaving } from './lifecycle.ts';
import { startTakeBack, type Environments } from './take-back.ts';

/** Seconds from the copy of the Auto Scaling group to instances whose agent answers. AWS gives no figure. */
const PROVISION_SECONDS = 90;

/**
 * Deploys to a replacement environment and moves the traffic there: install on green, register green, deregister blue,
 * wait, terminate blue. While the original instances live, a rollback installs nothing.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/welcome.html#welcome-deployment-overview-blue-green
 */
export function startBlueGreen(ground: Ground, deployment: Deployment, desk: Desk): Run {
  const before = deployment.rollbackOf?.run;
  if (before instanceof BlueGreen) return startTakeBack(ground, deployment, desk, before.environments());
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
    this.#blue = new Crew(ground.clock, originalOf(ground, deployment), 'Blue');
    this.#green = new Crew(ground.clock, [], 'Green');
  }

  begin(): void {
    this.#after(PROVISION_SECONDS, () => {
      const green = replacementOf(this.#ground, this.#deployment, this.#blue.members.length);
      if (green.length === 0) {
        this.#desk.fail('NO_INSTANCES', 'The deployment failed because no instances were found.');
        return;
      }
      this.#green = new Crew(this.#ground.clock, green, 'Green');
      const steps = (instance: Instance) => installing(this.#ground, this.#deployment, instance);
      lead(this.#green, steps, this.#desk, () => this.#installed());
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

  environments(): Environments {
    const instancesOf = ({ members }: Crew) => members.map(({ instance }) => instance);
    return { original: instancesOf(this.#blue), replacement: instancesOf(this.#green) };
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

  /** Registers green first, and deregisters blue only once green carries the traffic. */
  #move(): void {
    this.#phase = 'moving';
    this.#timer?.cancel();
    const into = (instance: Instance) => joining(this.#ground, this.#deployment, instance);
    const out = (instance: Instance) => leaving(this.#ground, this.#deployment, instance);
    for (const member of this.#green.members) member.status = 'Pending';
    lead(this.#green, into, this.#desk, () => lead(this.#blue, out, this.#desk, () => this.#moved()));
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

  #after(seconds: number, happen: () => void): void {
    this.#timer = this.#ground.clock.after(seconds * 1000, happen);
  }
}
