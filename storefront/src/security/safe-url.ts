/**
 * The address to link to, absolute, or `null` for one that must not become a link.
 *
 * Taken are `http:` and `https:` addresses and paths on the page's own origin. The URL parser
 * itself judges, not a pattern: it drops tabs and line ends and folds backslashes just as the
 * browser will when the link is followed (`java\nscript:`, `/\evil.example`). A name or password
 * in the address is refused: it only serves to make another host look like this one.
 */
export function safeUrl(address: string | null, origin: string = location.origin): URL | null {
  if (address === null) return null;
  let url: URL;
  try {
    // The origin, not the page's address: a <base> on the page must not move the link.
    url = new URL(address, origin);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.username !== "" || url.password !== "") return null;
  const isAbsolute = /^https?:\/\//i.test(address);
  const isOwnPath = address.startsWith("/") && url.origin === origin;
  return isAbsolute || isOwnPath ? url : null;
}
