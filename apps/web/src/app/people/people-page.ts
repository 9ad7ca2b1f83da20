import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-people-page', template: '<h1>人员</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class PeoplePage {}
