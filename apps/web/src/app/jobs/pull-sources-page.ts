import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-pull-sources-page', template: '<h1>取数</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class PullSourcesPage {}
