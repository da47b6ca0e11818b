/** What answers the requests of a stage. A side is a deployment with its stage variables, as `writeSide` writes it. */
export interface Configuration {
  readonly stage: string;
  /** Null: no canary takes requests. */
  readonly canary: Canary | null;
}

export interface Canary {
  readonly side: string;
  /** Share of the requests, above 0 to 100. */
  readonly percent: number;
}

/** Returns the sides of a configuration, the stage's own first. */
export function sidesIn({ stage, canary }: Configuration): readonly string[] {
  return canary === null ? [stage] : [stage, canary.side];
}

/** Writes a configuration: `abc123`, or `abc123 90%, def456 10%`. Equal configurations have equal texts. */
export function textOf({ stage, canary }: Configuration): string {
  if (canary === null) return stage;
  return `${stage} ${percent(100 - canary.percent)}, ${canary.side} ${percent(canary.percent)}`;
}

const SIDE = String.raw`[a-z0-9]+(?:\?[^\s,]*)?`;
const ALONE = new RegExp(`^${SIDE}$`);
const SHARED = new RegExp(String.raw`^(${SIDE}) [\d.]+%, (${SIDE}) ([\d.]+)%$`);

/** Reads text written by `textOf`; null for any other text. */
export function readConfiguration(text: string): Configuration | null {
  if (ALONE.test(text)) return { stage: text, canary: null };
  const [, stage = '', side = '', share = ''] = SHARED.exec(text) ?? [];
  return stage === '' ? null : { stage, canary: { side, percent: Number(share) } };
}

function percent(share: number): string {
  return `${Number(share.toFixed(4))}%`;
}
