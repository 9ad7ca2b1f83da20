/** A file size for the eye: 812 B, 24 KB, 3.5 MB. */
export function saySize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${Math.round((bytes * 10) / (1024 * 1024)) / 10} MB`;
}
