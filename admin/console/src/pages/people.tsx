import { UserPlus } from 'lucide-preact';
import { useRef, useState } from 'preact/hooks';
import type { GivenRole, PeopleList, PersonLine } from '../../../people/wire.ts';
import { useHouse } from '../house.ts';
import { peopleApi } from '../people.ts';
import { Choice } from '../pieces/choice.tsx';
import { Heading } from '../pieces/heading.tsx';
import { PersonRow } from '../pieces/person-row.tsx';
import { Problem } from '../pieces/problem.tsx';
import { ShownOnce } from '../pieces/shown-once.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { TextField } from '../pieces/text-field.tsx';
import { When } from '../pieces/when.tsx';
import { useReading } from '../reading.ts';
import { roleWords } from '../role-words.ts';
import { say } from '../words.ts';

/** Who works here, and what may each of them do? */
export function PeoplePage() {
  const { api } = useHouse();
  const list = useReading('people', peopleApi(api).people);
  const [adding, setAdding] = useState(false);
  const [given, setGiven] = useState<{ name: string; password: string } | null>(null);
  const found = list.value;

  function gave(name: string, password: string): void {
    setAdding(false);
    setGiven({ name, password });
    list.again();
  }

  return (
    <section class="people">
      <Heading title={say('peopleTitle')}>
        <button
          type="button"
          class="button main heading-act"
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          <UserPlus class="icon" size={16} aria-hidden="true" />
          {say('peopleAdd')}
        </button>
      </Heading>
      {list.problem && <Problem code={list.problem} again={list.again} />}
      {!found && !list.problem && <Skeleton lines={8} />}
      {found && (
        <>
          {found.secondFactor === 'off' && <p class="warning">{say('peopleFactorOff')}</p>}
          {adding && <Add roles={found.roles} added={gave} />}
          {given && (
            <ShownOnce
              title={say('oneTimeTitle', given.name)}
              text={say('oneTimeText')}
              code={given.password}
              onClose={() => setGiven(null)}
            />
          )}
          <Sheet found={found} gave={gave} again={list.again} />
          <Sealed sealed={found.breakGlass} />
        </>
      )}
    </section>
  );
}

function Sheet({
  found,
  gave,
  again,
}: {
  found: PeopleList;
  gave: (name: string, password: string) => void;
  again: () => void;
}) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <table class="sheet people-sheet">
      <caption class="unseen">{say('peopleCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('columnName')}</th>
          <th scope="col">{say('columnRole')}</th>
          <th scope="col">{say('columnState')}</th>
          <th scope="col">{say('columnFactor')}</th>
          <th scope="col">{say('columnLastSignIn')}</th>
          <th scope="col">
            <span class="unseen">{say('columnAct')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {found.people.map((person: PersonLine) => (
          <PersonRow
            key={person.id}
            person={person}
            roles={found.roles}
            isOpen={open === person.id}
            onOpen={() => setOpen(open === person.id ? null : person.id)}
            gave={gave}
            changed={() => {
              setOpen(null);
              again();
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

const Sealed = ({ sealed }: { sealed: PeopleList['breakGlass'] }) => (
  <p class="soft people-sealed">
    {sealed ? (
      <>
        {say('sealedText', sealed.tells)} <When at={sealed.madeAt} />
      </>
    ) : (
      say('sealedNone')
    )}
  </p>
);

function Add({
  roles,
  added,
}: {
  roles: readonly GivenRole[];
  added: (name: string, password: string) => void;
}) {
  const { api } = useHouse();
  const [role, setRole] = useState<GivenRole>(
    roles.includes('teacher') ? 'teacher' : (roles[0] ?? 'teacher'),
  );
  const [wrong, setWrong] = useState<{ name?: string; email?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const email = useRef<HTMLInputElement>(null);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const person = { name: name.current?.value.trim() ?? '', email: email.current?.value.trim() ?? '', role };
    const found = {
      ...(person.name ? {} : { name: say('nameMissing') }),
      ...(/^[^\s@]+@[^\s@]+$/.test(person.email) ? {} : { email: say('emailMissing') }),
    };
    setWrong(found);
    setProblem(null);
    if (found.name) return name.current?.focus();
    if (found.email) return email.current?.focus();
    const answer = await peopleApi(api).add(person);
    if (answer.ok) added(person.name, answer.value.oneTimePassword);
    else setProblem(answer.code);
  }

  return (
    <form class="side-form" noValidate onSubmit={submit} aria-label={say('peopleAdd')}>
      {problem && <Problem code={problem} />}
      <TextField label={say('columnName')} name="name" inputRef={name} error={wrong.name} />
      <TextField label={say('email')} name="person-email" type="email" inputRef={email} error={wrong.email} />
      <Choice
        label={say('columnRole')}
        name="role"
        value={role}
        options={roles.map((one) => ({ value: one, word: roleWords(one) }))}
        onChoose={(chosen) => setRole(chosen as GivenRole)}
      />
      <button type="submit" class="button main">
        {say('peopleAddAct')}
      </button>
    </form>
  );
}
