/** The calls that deploy to a kind of target, as CloudTrail names them. Each kind's `deploy-call.ts` exports `deployCall`. */
export interface DeployCall {
  /**
   * Returns the names of the calls, the most usual first. None: the CloudTrail of this Region shows no call that deploys
   * to the target.
   */
  readonly namesFor: (target: string, region: string) => readonly string[];
  /** Returns whether a call is about the target, by the texts in its parameters. */
  readonly isAbout: (target: string, texts: readonly string[]) => boolean;
  /** How long before a deployment such a call may have been made, in seconds. Absent: it begins the deployment. */
  readonly secondsBefore?: number;
}

/** Returns whether a text among those in a call's parameters is a name, or an ARN that ends with it. */
export function isNamed(name: string, texts: readonly string[]): boolean {
  return texts.some((text) => text === name || text.endsWith(`/${name}`) || text.endsWith(`:${name}`));
}

/** Returns whether the texts in a call's parameters have every name. */
export function areNamed(names: readonly string[], texts: readonly string[]): boolean {
  return names.every((name) => isNamed(name, texts));
}
