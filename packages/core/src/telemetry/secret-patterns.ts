/** What stands where a secret stood. */
export const redacted = '[redacted]';

/** The names of `soundsSecret`, as they end in a text. */
const name =
  '(?:pass(?:word|phrase|wd)|secret|token|(?:api|private|secret)[-_]?key|' +
  '(?<![a-z])(?:assertion|credentials?|jwt|t?otp|pin(?:code)?|pwd))';

/**
 * Every expression below matches in one pass: none starts with a repetition, and no repetition can
 * give back what it took and try again from the next character.
 */
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END[^-\n]*-----)?/g;

/** RFC 7515 section 7.1, also cut off: only a match with a dot in it is a token. */
const jsonWebToken = /eyJ[\w-]*(?:\.[\w-]*){0,4}/g;

/** RFC 9110 section 11.4, with the space as it is or percent-encoded. */
const credentials = /\b(b(?:earer|asic))((?:[ \t]|%20|\+)+)([\w.~+/=%-]+)/gi;

const credentialsLine = /((?:authorization|cookie)["']?:[ \t]*)([^\r\n"']+)/gi;

/** What may follow such a name, up to where its value begins, and the value. */
const namedValues = [
  String.raw`(["']?\s*[:=]\s*")(?:[^"\\]|\\.)*`,
  String.raw`(["']?\s*[:=]\s*')(?:[^'\\]|\\.)*`,
  // JSON within JSON: the value ends at a quote with as many backslashes as the one it began with.
  String.raw`((?<slashes>\\+)"\s*:\s*\k<slashes>").*?(?=(?<!\\)\k<slashes>"|$)`,
  String.raw`(=)[^\s&;,"'<>\\]+`,
  // `password: hunter2`, but not `password: missing`, which tells what is wrong.
  String.raw`(:[ \t]+)(?=[a-z]*[^a-z\s.,;!?)'"])[^\s,;"']+`,
];

const named = new RegExp(`(${name})(?:${namedValues.join('|')})`, 'gis');

const element = new RegExp(`(<[\\w:.-]*${name}(?:\\s[^<>]*)?>)[^<]+`, 'gi');

/** Words that follow `Bearer` and `Basic` in sentences. */
const prose: ReadonlySet<string> = new Set([
  'access',
  'auth',
  'authentication',
  'authorization',
  'credentials',
  'error',
  'header',
  'realm',
  'realm=',
  'scheme',
  'token',
  'tokens',
]);

/**
 * Takes out of a text what looks like a secret though nobody said that it is one: private keys, JSON
 * web tokens, Bearer and Basic credentials, and values whose name sounds secret, in JSON, XML, query
 * strings and header lines. The time it takes grows with the text's length and nothing else.
 */
export function redactPatterns(text: string): string {
  return text
    .replaceAll(privateKey, redacted)
    .replaceAll(jsonWebToken, (match) => (match.includes('.') ? redacted : match))
    .replaceAll(credentials, (match: string, scheme: string, space: string, value: string) =>
      prose.has(value.toLowerCase()) ? match : `${scheme}${space}${redacted}`,
    )
    .replaceAll(credentialsLine, `$1${redacted}`)
    .replaceAll(named, keepName)
    .replaceAll(element, `$1${redacted}`);
}

/** The match without its value: the name, and whichever of {@link namedValues} stood between. */
function keepName(_match: string, ...groups: (string | undefined)[]): string {
  const [label = '', double, single, inner, _slashes, assigned, labelled] = groups;
  return `${label}${double ?? single ?? inner ?? assigned ?? labelled ?? ''}${redacted}`;
}
