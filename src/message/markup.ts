/*
 * What Discord's clients would read as markup, by where it stands. The rules are the clients' own
 * (simple-markdown with Discord's additions); a backslash makes the next character literal when
 * that is no letter, no digit and no white space.
 *
 * The lookbehinds come after the character, so that they run only where one is found, and stop at
 * the start of the line.
 */
const ANYWHERE = String.raw`[\\*_~${'`'}|<[]`;
// Headings (#), block quotes (>), lists (- + 1.) and subtext (-#), also behind spaces.
const AT_LINE_START = String.raw`[#>](?<=^[^\S\n]*.)|[-+](?=[\s#]|$)(?<=^[^\S\n]*.)|\.(?=\s|$)(?<=^[^\S\n]*\d+.)`;
const MENTION = '@(?=everyone|here)';
// A URL's scheme; an emoji's name between colons. Nothing between them counts too: the backslash
// of the second would be taken for a name, and shown.
const COLON = String.raw`:(?=\/\/|[^\s:]*:)`;
// Discord previews its own links without a scheme too, and takes a backslash for the slash there
// (discord.com/invite\x): so it is the dot that has to go.
const DISCORD_LINK = String.raw`\.(?=[a-z]+[\\/])(?<=discord(?:app)?.)`;

/** Every character of a text that needs a backslash before it. */
export const MARKUP = new RegExp(
  [ANYWHERE, AT_LINE_START, MENTION, COLON, DISCORD_LINK].join('|'),
  'gim',
);
