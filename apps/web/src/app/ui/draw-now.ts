import { afterNextRender, ApplicationRef, inject, Injector } from '@angular/core';

/** Applications that are being drawn by somebody's key right now. */
const drawing = new WeakSet<ApplicationRef>();

/**
 * For the keys and clicks that bring a field or move the keyboard into another one: draws at once and then goes there. A frame later is too late: on a slow
 * machine the next keys come first, and would be lost or end up in the cell that has just been left. The result is for handlers of events, not for effects;
 * what is asked for while going there is done right after.
 */
export function injectDrawNow(): (goThere: () => void) => void {
  const [app, injector] = [inject(ApplicationRef), inject(Injector)];
  return (goThere) => {
    afterNextRender(goThere, { injector });
    if (drawing.has(app)) return;
    drawing.add(app);
    try {
      app.tick();
    } finally {
      drawing.delete(app);
    }
  };
}
