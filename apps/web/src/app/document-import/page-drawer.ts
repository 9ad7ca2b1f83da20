/** A page on its way onto a canvas. */
export interface Drawing {
  /** Whether it was drawn; false when it was given up or cannot be drawn. */
  readonly done: Promise<boolean>;
  cancel(): void;
}

/** A document whose pages can be drawn as they are printed. */
export interface PageDrawer {
  readonly pages: number;
  /**
   * @param page 1-based
   * @param pixelsPerPoint pixels of the canvas a point of the page takes
   */
  draw(page: number, canvas: HTMLCanvasElement, pixelsPerPoint: number): Drawing;
  /** Ends the thread and lets go of the file. */
  close(): void;
}
