import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-actual-entry-page', template: '<h1>填报</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class ActualEntryPage {}
