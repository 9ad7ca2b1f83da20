import { changePerson, createdPerson, createPerson, peopleFilter, type PeopleList, peopleList, personView, personId as personIdShape, type PersonView } from '@jiheng/contract';
import { refuse } from '@jiheng/domain';
import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Access, isHouseAdministrator } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { People } from './people.service';
import { PersonQuery } from './person.query';

const byId = z.object({ id: personIdShape });

/** Administration of people. */
@Controller('people')
@Policy({ roles: ['administrator'] })
export class PeopleController {
  constructor(private readonly people: People, private readonly found: PersonQuery, private readonly access: Access) {}

  @Get() @Answers(peopleList)
  async list(@CurrentActor() actor: Actor, @Query({ schema: peopleFilter }) ask: z.output<typeof peopleFilter>): Promise<PeopleList> {
    return this.found.inScope(this.access.patternsOf(actor, 'administrator'), isHouseAdministrator(actor), ask);
  }

  @Post() @Answers(createdPerson)
  async create(@CurrentActor() actor: Actor, @Body({ schema: createPerson }) body: z.output<typeof createPerson>): Promise<{ person: PersonView; oneTimePassword: string }> {
    const made = unwrap(await this.people.create(actor, body));
    return { person: await this.view(made.personId), oneTimePassword: made.oneTimePassword };
  }

  @Put(':id') @Answers(personView)
  async change(@CurrentActor() actor: Actor, @Param({ schema: byId }) { id }: z.output<typeof byId>, @Body({ schema: changePerson }) body: z.output<typeof changePerson>): Promise<PersonView> {
    unwrap(await this.people.change(actor, id, body));
    return this.view(id);
  }

  @Post(':id/password') @Answers(createdPerson)
  async resetPassword(@CurrentActor() actor: Actor, @Param({ schema: byId }) { id }: z.output<typeof byId>): Promise<{ person: PersonView; oneTimePassword: string }> {
    const oneTimePassword = unwrap(await this.people.resetPassword(actor, id));
    return { person: await this.view(id), oneTimePassword };
  }

  private async view(id: string): Promise<PersonView> {
    return (await this.found.view(id)) ?? unwrap(refuse('house.not-found'));
  }
}
