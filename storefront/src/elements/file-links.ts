/** A name that every file system takes; the server's `Content-Disposition` goes before it. */
export function pdfName(number: string): string {
  return `${number.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")}.pdf`;
}

/**
 * Where to open a file. A browser heeds `download` on its own origin only; from another, the file
 * might open in place of the page, so it gets a tab of its own.
 */
export function targetOf(file: URL): "_blank" | null {
  return file.origin === location.origin ? null : "_blank";
}
