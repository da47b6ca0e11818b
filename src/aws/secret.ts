/** A secret that no header can carry. The message does not quote it. */
export class UnusableSecret extends Error {
  override readonly name = 'UnusableSecret';
}

/**
 * A value of Parameter Store, which may be a secret. Templates, JSON and logs show a placeholder instead of its text.
 * Only the code that sends, compares or parses it asks for the text.
 */
export class Secret {
  readonly #text: string;
  readonly #name: string;

  /** @param name of its parameter, for errors */
  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
  }

  reveal(): string {
    return this.#text;
  }

  /**
   * Returns the value of the header `authorization`. `fetch` refuses a header with a line break or a character beyond
   * Latin-1, and quotes it in its error.
   * https://www.rfc-editor.org/rfc/rfc6750#section-2.1
   * @throws UnusableSecret
   */
  asBearer(): string {
    if (/^[\x21-\x7e]+$/.test(this.#text)) return `Bearer ${this.#text}`;
    throw new UnusableSecret(
      `the parameter ${this.#name} cannot be a bearer token: it may only have visible ASCII characters, no spaces and no line breaks`,
    );
  }

  /** Returns a foreign text without this secret: a server may repeat what it received. */
  hideIn(text: string): string {
    return text.replaceAll(this.#text, String(this));
  }

  toString(): string {
    return '(secret)';
  }

  toJSON(): string {
    return String(this);
  }
}
