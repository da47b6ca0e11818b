/** A launch template and its version: a number, `$Latest` or `$Default`. */
export interface LaunchTemplateRef {
  readonly template: string;
  readonly version: string;
}

/** Parses the id of a revision, `lt-0a1b2c3d4e5f60718/7`; null if Lastgood did not create it. */
export function launchTemplateRefOf(id: string): LaunchTemplateRef | null {
  const [, template, version] = /^(lt-[0-9a-f]{8,17})\/([1-9]\d*)$/.exec(id) ?? [];
  return template === undefined || version === undefined ? null : { template, version };
}
