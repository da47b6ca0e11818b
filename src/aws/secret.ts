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

  /**
   * Returns a foreign text without this secret: a server may repeat what it received, also escaped for JSON or a URL.
   */
  hideIn(text: string): string {
    return spellingsOf(this.#text).reduce((all, one) => all.replaceAll(one, String(this)), text);
  }

  toString(): string {
    return '(secret)';
  }

  toJSON(): string {
    return String(this);
  }
}

function spellingsOf(text: string): readonly string[] {
  const inJson = JSON.stringify(text).slice(1, -1);
  const withoutHtml = (json: string) =>
    json.replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const [slashed, plain] = [inJson.replaceAll('/', '\\/'), inJson];
  return [text, plain, slashed, withoutHtml(plain), withoutHtml(slashed), encodeURIComponent(text)];
}
