import type { Timer } from '../../clock.ts';
import type { TaskSetSide } from '../../seams.ts';
import { AwsError } from '../../service.ts';
import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import type { Desk } from '../platform.ts';
import type { Run } from '../run.ts';
import { readWanted } from './app-spec.ts';
import { stepsOf } from './configs.ts';
import { serviceOf, type EcsGround } from './ground.ts';
import { routesOf, type Routes } from './routes.ts';
import { targetOf } from './target.ts';

const LOOK_SECONDS = 5;
/** Maximum seconds until the replacement task set is steady. AWS publishes no figure. */
const STEADY_WITHIN_SECONDS = 3600;

/**
 * One deployment: install, wait until steady, shift, wait, terminate the original. A rollback shifts only the traffic
 * while the original lives; after that, it is a whole deployment.
 */
export class BlueGreen implements Run {
  readonly #ground: EcsGround;
  readonly #deployment: Deployment;
  readonly #desk: Desk;
  readonly #routes: Routes;
  #blue: string | null = null;
  #green: string | null = null;
  #percent = 0;
  #isWaiting = false;
  #timer: Timer | null = null;

  constructor(ground: EcsGround, deployment: Deployment, desk: Desk) {
    this.#ground = ground;
    this.#deployment = deployment;
    this.#desk = desk;
    this.#routes = routesOf(ground, deployment.group);
  }

  begin(): this {
    const before = this.#deployment.rollbackOf?.run;
    const isBack = before instanceof BlueGreen && before.original() !== null;
    this.#after(1, () => (isBack ? this.#takeBack(before) : this.#install()));
    return this;
  }

  stop(): void {
    this.#timer?.cancel();
  }

  proceed(): void {
    if (!this.#isWaiting)
      throw invalid('DeploymentIsNotInReadyStateException', 'The deployment is not in a ready state.');
    this.#isWaiting = false;
    this.#desk.proceed();
    this.#shift(0);
  }

  targets() {
    return [
      targetOf(this.#deployment, { blue: this.original(), green: this.#side(this.#green) }, this.#percent),
    ];
  }

  overview(): null {
    return null;
  }

  /** Returns the task set that served at the start, if it still lives. */
  original(): TaskSetSide | null {
    return this.#side(this.#blue);
  }

  #install(): void {
    const serving = this.#sides().find(({ isPrimary }) => isPrimary);
    if (serving === undefined) {
      this.#desk.fail('INVALID_ECS_SERVICE', 'The ECS service has no primary task set.');
      return;
    }
    this.#blue = serving.id;
    const targetGroupArn = this.#routes.otherThan(serving.targetGroupArn);
    const wanted = {
      ...readWanted(this.#deployment.revision),
      targetGroupArn,
      deployment: this.#deployment.id,
    };
    try {
      this.#green = this.#ground.taskSets.createTaskSet(this.#service(), wanted);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#desk.fail('ECS_UPDATE_ERROR', error.message);
      return;
    }
    this.#awaitSteady(STEADY_WITHIN_SECONDS);
  }

  #awaitSteady(seconds: number): void {
    if (this.#side(this.#green)?.isSteady === true) {
      this.#steady();
      return;
    }
    if (seconds <= 0) {
      this.#desk.fail('TIMEOUT', 'The replacement task set did not become steady in time.');
      return;
    }
    this.#after(LOOK_SECONDS, () => this.#awaitSteady(seconds - LOOK_SECONDS));
  }

  #steady(): void {
    this.#routes.test(this.#groupOf(this.#green));
    const { blueGreenDeploymentConfiguration } = this.#deployment.group.settings;
    const ready = blueGreenDeploymentConfiguration?.deploymentReadyOption;
    if (ready?.actionOnTimeout !== 'STOP_DEPLOYMENT') {
      this.#shift(0);
      return;
    }
    this.#isWaiting = true;
    this.#desk.ready();
    this.#after((ready.waitTimeInMinutes ?? 0) * 60, () => {
      if (this.#isWaiting) this.#desk.stop('TIMEOUT', 'The wait before the traffic is rerouted ran out.');
    });
  }

  #shift(index: number): void {
    const step = stepsOf(this.#deployment.configName)[index];
    if (step === undefined) {
      this.#shifted();
      return;
    }
    this.#after(step.afterSeconds, () => {
      this.#percent = step.percent;
      this.#routes.produce(this.#groupOf(this.#blue), this.#groupOf(this.#green), step.percent);
      this.#shift(index + 1);
    });
  }

  /** Marks the task set that gets all production traffic as PRIMARY. AWS does not document when the mark moves. */
  #shifted(): void {
    this.#ground.taskSets.makePrimary(this.#service(), this.#green ?? '');
    this.#desk.terminationWait();
    const { terminateBlueInstancesOnDeploymentSuccess: terminate } =
      this.#deployment.group.settings.blueGreenDeploymentConfiguration ?? {};
    this.#after((terminate?.terminationWaitTimeInMinutes ?? 0) * 60, () => {
      this.#ground.taskSets.removeTaskSet(this.#service(), this.#blue ?? '');
      this.#desk.succeed();
    });
  }

  #takeBack(before: BlueGreen): void {
    const blue = before.original();
    if (blue === null) {
      this.#install();
      return;
    }
    this.#green = blue.id;
    this.#routes.test(blue.targetGroupArn);
    this.#routes.produce(this.#routes.otherThan(blue.targetGroupArn), blue.targetGroupArn, 100);
    this.#percent = 100;
    this.#ground.taskSets.makePrimary(this.#service(), blue.id);
    if (before.#green !== null) this.#ground.taskSets.removeTaskSet(this.#service(), before.#green);
    this.#after(1, () => this.#desk.succeed());
  }

  #service() {
    return serviceOf(this.#deployment.group);
  }

  #sides(): readonly TaskSetSide[] {
    return this.#ground.taskSets.taskSets(this.#service()) ?? [];
  }

  #side(id: string | null): TaskSetSide | null {
    return this.#sides().find((side) => side.id === id) ?? null;
  }

  #groupOf(id: string | null): string {
    return this.#side(id)?.targetGroupArn ?? '';
  }

  #after(seconds: number, then: () => void): void {
    this.#timer = this.#ground.clock.after(seconds * 1000, then);
  }
}
