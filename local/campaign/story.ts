/** One thing that happens in a story. */
export interface Step {
  /** Seconds after the target's first release is in place. */
  readonly at: number;
  /** Name of an act or a fault. */
  readonly what: string;
  readonly with: Arguments;
}

/** Plain values, so that a story can be written down. */
export type Arguments = Readonly<Record<string, string | number | boolean>>;

/** How a target and its alarms are set up. Each kind honours what it has. */
export interface Settings {
  /** AWS tags of the target. */
  readonly tags: Readonly<Record<string, string>>;
  /** Tasks or instances. */
  readonly count: number;
  readonly alarm: AlarmSettings;
  /** Waits until Lastgood has proven the first release before the story begins. */
  readonly proven: boolean;
  /** A second alarm, on latency. */
  readonly slowness: boolean;
  /** Invocations run side by side: each AWS call lets others run. */
  readonly interleaved: boolean;
  /**
   * An alarm that only runs scaling policies and turns with the load: of target tracking, of step scaling, or tagged by an
   * owner to whom load is harm.
   */
  readonly scaling?: 'none' | 'tracked' | 'steps' | 'tagged';
  /** An action that is denied to Lastgood from the beginning, or `none`. */
  readonly denied?: string;
}

export interface AlarmSettings {
  /** Errors as a share, a count, or beyond a band of anomalies; or unhealthy targets where the kind has target groups. */
  readonly on: 'share' | 'count' | 'band' | 'unhealthy';
  readonly minutes: 1 | 2 | 3;
  readonly missing: 'missing' | 'notBreaching' | 'breaching' | 'ignore';
  /** A composite alarm above it, which is the one that calls Lastgood. */
  readonly composite: boolean;
}

/** One generated night of one target. Everything that happens in it follows from this value. */
export interface Story {
  /** Seed of the world. */
  readonly seed: number;
  /** What the target is: `ecs/ECS/rolling`, the name of a ground. */
  readonly ground: string;
  readonly settings: Settings;
  readonly steps: readonly Step[];
  /** Simulated minutes from the first release in place to the last look. Rollbacks that run then are waited for. */
  readonly minutes: number;
}
