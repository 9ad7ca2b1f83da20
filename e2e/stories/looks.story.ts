import { lookAtEverything } from '../pages/every-page.ts';
import type { Story } from '../story.ts';

export default {
  name: 'looks: every page at a desk of 1440 pixels, without a sideways scroll, open to everybody',
  async tell(stage) {
    await lookAtEverything(stage, 1440, 900);
  },
} satisfies Story;
