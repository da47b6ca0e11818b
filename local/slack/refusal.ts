/** What Slack answers, with status 200, to what it does not do. */
export interface Refusal {
  readonly ok: false;
  /** Slack's word for why, from the method's page. */
  readonly error: string;
}

export const refuse = (error: string): Refusal => ({ ok: false, error });
