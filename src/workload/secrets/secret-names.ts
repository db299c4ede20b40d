const SECRET_NAME =
  /pass(?:word|wd|phrase|code)?$|secret|token|credential|authorization|cookie|session[-_]?id|(?:api|private|access)[-_]?key/i;

/** What follows such a word may say that the value only tells something about a secret. */
const ABOUT_A_SECRET = /(?:url|uri|path|file|name|type|count|limit|size|length|ttl|lifetime|expiry|seconds|askpass)$/i;

/** An address that is itself the secret. */
const SECRET_ADDRESS = /webhook/i;

/**
 * Whether a value that stands under this name (of a key, a variable, a column, a header, a query parameter) has to be taken
 * for a secret.
 *
 * @example soundsSecret('accessToken') // true
 * @example soundsSecret('tokenType') // false
 */
export function soundsSecret(name: string): boolean {
  return SECRET_ADDRESS.test(name) || (SECRET_NAME.test(name) && !ABOUT_A_SECRET.test(name));
}
