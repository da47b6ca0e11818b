import type { Mesh } from '../../../scenarios/lattice/mesh.ts';
import type { Weights } from '../../../scenarios/lattice/sides.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import { Pipeline, type Run } from '../../pipeline.ts';
import type { Release } from '../../releases.ts';

/** The weight of the new target group, of 100, and the seconds until the next step. */
interface Step {
  readonly share: number;
  readonly seconds: number;
}

export interface Steps {
  /** The steps before the new target group has all of the traffic. */
  readonly steps: readonly Step[];
  /** Shifts after a while, whether the new servers are healthy or not. */
  readonly isUnwatched?: true;
}

const UNWATCHED_SECONDS = 60;

/**
 * A pipeline that moves weights between the target groups of releases. It goes on only while the weights are as it left
 * them.
 */
export class Shifter {
  readonly #mesh: Mesh;
  readonly #how: Steps;
  readonly #pipeline: Pipeline;
  /** The weights before the present run. */
  #before: Weights | null = null;

  constructor(stage: Stage, mesh: Mesh, how: Steps) {
    this.#mesh = mesh;
    this.#how = how;
    this.#pipeline = new Pipeline(stage.world.clock);
  }

  /** Shifts to a release, in steps if it is new. */
  deploy({ name, behaviour }: Release): void {
    const run = this.#pipeline.begin();
    const mesh = this.#mesh;
    const isNew = mesh.groups[name] === undefined;
    if (isNew) {
      mesh.open(name);
      mesh.behave(name, behaviour);
    }
    const steps = isNew ? this.#how.steps : [];
    const serving = this.#serving(name);
    this.#before = { [serving]: 100 };
    if (serving === name) {
      mesh.weigh({ [name]: 100 });
      return;
    }
    // Servers are checked only while their group is attached.
    if (mesh.weights()[name] === undefined) mesh.weigh({ ...mesh.weights(), [name]: 0 });
    if (this.#how.isUnwatched) run.after(UNWATCHED_SECONDS, () => this.#walk(run, [serving, name], steps));
    else
      run.when(
        () => mesh.isHealthy(name),
        () => this.#walk(run, [serving, name], steps),
      );
  }

  /** Gives the traffic back to what had it. */
  abort(): void {
    this.#pipeline.stop();
    if (this.#before !== null) this.#mesh.weigh(this.#before);
    this.#before = null;
  }

  #walk(run: Run, [old, now]: readonly [string, string], [step, ...more]: readonly Step[]): void {
    if (step === undefined) {
      this.#mesh.weigh({ [old]: 0, [now]: 100 });
      this.#before = null;
      return;
    }
    this.#mesh.weigh({ [old]: 100 - step.share, [now]: step.share });
    run.after(step.seconds, () => {
      if (this.#mesh.weights()[now] === step.share) this.#walk(run, [old, now], more);
    });
  }

  /** Returns the release that has the most traffic, another than a new one. */
  #serving(name: string): string {
    const weights = Object.entries(this.#mesh.weights()).toSorted(([, one], [, other]) => other - one);
    const [most] = weights.filter(([side, weight]) => weight > 0 || side === name);
    return most?.[0] ?? name;
  }
}
