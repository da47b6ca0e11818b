/** Slack's refusal, with status 200. */
export interface Refusal {
  readonly ok: false;
  /** Slack's error code, from the method's page. */
  readonly error: string;
}

export const refuse = (error: string): Refusal => ({ ok: false, error });
