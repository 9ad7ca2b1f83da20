import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** Strokes on a 24 × 24 field. Only what the pages use: an icon library would weigh more than the page. */
const STROKES = {
  work: 'M9 5H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1h-3M9 4h6v3H9zM8.5 12l2 2 4-4M8.5 17h7',
  tables: 'M4 5h16v14H4zM4 9.5h16M4 14h16M10 5v14',
  import: 'M12 4v10M8 10.5l4 4 4-4M5 16v3h14v-3',
  rollUp: 'M4 20h16M6.500 20v-6M12 20V5M17.500 20v-9.500',
  jobs: 'M12 4a8 8 0 1 0 8 8M12 8v4l3 2M17 3.5l3 2-3 2.5',
  sources: 'M5 7c0-4 14-4 14 0s-14 4-14 0zM5 7v10c0 4 14 4 14 0V7M5 12c0 4 14 4 14 0',
  people: 'M9 11a3.2 3.2 0 1 0 0-6.400 3.2 3.2 0 0 0 0 6.400zM3.500 19c0-7 11-7 11 0M16 11.500a2.600 2.600 0 1 0-.8-5M16.500 14.200c2.700.3 4 2 4 4.800',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  print: 'M7 9V4h10v5M7 17H5v-7h14v7h-2M8 14h8v6H8z',
  down: 'M6 9l6 6 6-6',
  right: 'M9 6l6 6-6 6',
  left: 'M15 6l-6 6 6 6',
  check: 'M5 12.500l4.500 4.500L19 7',
  warn: 'M12 4l9 16H3zM12 10v4.500M12 17.200v.3',
  error: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 8v5M12 15.800v.3',
  info: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 11v5M12 7.900v.3',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2',
  user: 'M12 11.500a3.700 3.700 0 1 0 0-7.400 3.700 3.700 0 0 0 0 7.400zM5 20c0-8 14-8 14 0',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  sign: 'M4 19h16M5 15c3-8 5-11 7-10s-4 8-3 10 3-3 4-3 0 3 2 3 2-1 4-2',
  history: 'M4 12a8 8 0 1 0 2.500-5.800L4 8.500M4 4v4.500h4.500M12 8v4l3 2',
  file: 'M6 3.500h8l4 4v13H6zM14 3.500v4h4',
  plus: 'M12 5v14M5 12h14',
} as const;
export type IconName = keyof typeof STROKES;

/** A line drawing in the colour of its text; silent for screen readers, the words beside it speak. */
@Component({
  selector: 'jh-icon',
  template: '<svg viewBox="0 0 24 24" width="1em" height="1em" aria-hidden="true" focusable="false"><path [attr.d]="path()" /></svg>',
  styles: ':host{display:inline-flex;flex:none;font-size:18px}svg{fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => STROKES[this.name()]);
}
