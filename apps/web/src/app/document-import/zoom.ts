/** How large the original is shown: as it can be read, as wide as its pane, or per cent of its printed size. */
export type Zoom = 'auto' | 'fit' | number;

/** Per cent. */
export const ZOOM_STEPS: readonly number[] = [50, 67, 80, 100, 125, 150, 200, 300];
/** Pixels of the window a point takes at 100 %: 96 to the inch against 72. */
const PIXELS_A_POINT = 96 / 72;
/** Pixels a point takes at least where nobody chose otherwise: below, eight-point letters cannot be read. The pane scrolls instead. */
const LEGIBLE = 1.15;

export function isZoom(value: unknown): value is Zoom {
  return value === 'auto' || value === 'fit' || (typeof value === 'number' && ZOOM_STEPS.includes(value));
}

/** Pixels a point of a page takes. @param room pixels the pane has; 0 while that is not known */
export function scaleOfPage(zoom: Zoom, page: { readonly width: number }, room: number): number {
  if (typeof zoom === 'number') return (zoom / 100) * PIXELS_A_POINT;
  const fit = room > 0 ? room / page.width : LEGIBLE;
  return zoom === 'fit' ? fit : Math.max(fit, LEGIBLE);
}

/** Times the usual size of letters, for sheets and texts. */
export function scaleOfText(zoom: Zoom): number {
  return typeof zoom === 'number' ? zoom / 100 : 1;
}

/** The next step up or down from what is shown now. @param page the page in sight; null for sheets and texts */
export function nextZoom(zoom: Zoom, way: 'in' | 'out', page: { readonly width: number } | null, room: number): number {
  const now = (page === null ? scaleOfText(zoom) : scaleOfPage(zoom, page, room) / PIXELS_A_POINT) * 100;
  // What fits the pane lies between two steps: one that is hardly another is passed over.
  const next = way === 'in' ? ZOOM_STEPS.find((step) => step > now * 1.02) : ZOOM_STEPS.findLast((step) => step < now * 0.98);
  return next ?? (way === 'in' ? ZOOM_STEPS.at(-1) : ZOOM_STEPS[0]) ?? 100;
}
