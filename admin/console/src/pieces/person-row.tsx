import { useState } from 'preact/hooks';
import type { GivenRole, PersonLine } from '../../../people/wire.ts';
import type { Answered } from '../api.ts';
import { useHouse } from '../house.ts';
import { peopleApi } from '../people.ts';
import { roleWords } from '../role-words.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';
import { Problem } from './problem.tsx';
import { When } from './when.tsx';

type PersonRowProps = {
  person: PersonLine;
  roles: readonly GivenRole[];
  isOpen: boolean;
  onOpen: () => void;
  gave: (name: string, password: string) => void;
  changed: () => void;
};

/** One person, and below it what may be changed about them. */
export function PersonRow({ person, roles, isOpen, onOpen, gave, changed }: PersonRowProps) {
  const isHere = person.state !== 'deactivated';
  return (
    <>
      <tr class={isHere ? 'line' : 'line line-ended'}>
        <th scope="row" class="cell-person">
          {person.name}
          <span class="line-facts">{person.email}</span>
        </th>
        <td>{roleWords(person.role)}</td>
        <td>{say(`personState_${person.state.replaceAll('-', '_')}`)}</td>
        <td class="cell-factor">{say(`factor_${person.secondFactor.replaceAll('-', '_')}`)}</td>
        <td class="cell-heard">
          {person.lastSignInAt ? <When at={person.lastSignInAt} /> : say('neverHeard')}
        </td>
        <td class="cell-act">
          {person.mayChange && (
            <button
              type="button"
              class="button quiet small"
              aria-expanded={isOpen}
              aria-label={say('personChangeLabel', person.name)}
              onClick={onOpen}
            >
              {say('personChange')}
            </button>
          )}
        </td>
      </tr>
      {isOpen && (
        <tr class="line-more">
          <td colSpan={6}>
            <Acts person={person} roles={roles} gave={gave} changed={changed} />
          </td>
        </tr>
      )}
    </>
  );
}

function Acts({ person, roles, gave, changed }: Omit<PersonRowProps, 'isOpen' | 'onOpen'>) {
  const { api } = useHouse();
  const people = peopleApi(api);
  const [role, setRole] = useState<string>(person.role);
  const [problem, setProblem] = useState<string | null>(null);
  const isHere = person.state !== 'deactivated';

  async function act(asked: Promise<Answered<unknown>>): Promise<void> {
    const answer = await asked;
    if (answer.ok) changed();
    else setProblem(answer.code);
  }
  async function reset(): Promise<void> {
    const answer = await people.reset(person.id);
    if (!answer.ok) return setProblem(answer.code);
    changed();
    gave(person.name, answer.value.oneTimePassword);
  }

  return (
    <div class="person-acts">
      {problem && <Problem code={problem} />}
      {isHere && (
        <form
          class="person-role"
          onSubmit={(event) => {
            event.preventDefault();
            void act(people.changeRole(person.id, role));
          }}
        >
          <Choice
            label={say('personRole', person.name)}
            value={role}
            options={roles.map((one) => ({ value: one, word: roleWords(one) }))}
            onChoose={setRole}
          />
          <button type="submit" class="button" disabled={role === person.role}>
            {say('personRoleAct')}
          </button>
        </form>
      )}
      <ul class="person-others">
        <li>
          <button type="button" class="button" onClick={() => void reset()}>
            {say(isHere ? 'personReset' : 'personReactivate')}
          </button>
          <span class="soft">{say(isHere ? 'personResetText' : 'personReactivateText', person.name)}</span>
        </li>
        {isHere && person.secondFactor === 'set-up' && (
          <li>
            <button
              type="button"
              class="button"
              onClick={() => void act(people.change(person.id, 'reset-second-factor'))}
            >
              {say('personResetFactor')}
            </button>
            <span class="soft">{say('personResetFactorText', person.name)}</span>
          </li>
        )}
        {isHere && (
          <li>
            <button
              type="button"
              class="button button-ends"
              onClick={() => void act(people.change(person.id, 'deactivate'))}
            >
              {say('personDeactivate', person.name)}
            </button>
            <span class="soft">{say('personDeactivateText', person.name)}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
