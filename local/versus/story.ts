import type { Stage } from '../scenarios/stage.ts';
import type { Arm } from './arms.ts';

/** A target with users and a proven first release, which is watched as its arm says. */
export interface Opened {
  /** Begins the deployment of the release that the story is about. */
  release(): void;
  /** Returns whether AWS is taking the release back, or has. */
  wentBackNatively(): boolean;
}

/** A bad release on one kind of target. */
export interface Story {
  readonly name: string;
  /** What it shows, in one line. */
  readonly shows: string;
  /** Minutes after which a run ends, whatever goes on. */
  readonly capMinutes: number;
  open(stage: Stage, arm: Arm): Promise<Opened>;
}
