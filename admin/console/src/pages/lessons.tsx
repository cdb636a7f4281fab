import { Presentation } from 'lucide-preact';
import { useEffect, useState } from 'preact/hooks';
import type { ClassCard } from '../../../lessons/wire.ts';
import { useHouse, useMe } from '../house.ts';
import { waitsForClass } from '../lessons.ts';
import { useSeconds } from '../pieces/clock.tsx';
import { Heading } from '../pieces/heading.tsx';
import { ClassCardView } from '../pieces/lesson-card.tsx';
import { LessonSetup } from '../pieces/lesson-setup.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { say } from '../words.ts';

const EVERY_MS = 15_000;

/** Which class starts, with what, until when? */
export function LessonsPage() {
  const { lessons } = useHouse();
  const [settingUp, setSettingUp] = useState<ClassCard | null>(null);
  const [wanted, setWanted] = useState('');
  const now = useSeconds(lessons.now);
  useLessons();
  const { role } = useMe();
  const around = lessons.classes.value;
  const problem = lessons.problem.value;
  const own = around?.classes.filter((card) => card.mine || card.live?.mine) ?? [];
  const others = around?.classes.filter((card) => !own.includes(card)) ?? [];
  const alike = (card: ClassCard) => card.name.toLowerCase().includes(wanted.trim().toLowerCase());
  const draw = (cards: readonly ClassCard[]) => (
    <ul class="cards">
      {cards.map((card) => (
        <ClassCardView
          key={card.id}
          card={card}
          timeZone={around?.timeZone ?? 'UTC'}
          now={now}
          onSetUp={() => setSettingUp(card)}
        />
      ))}
    </ul>
  );

  return (
    <section class="lessons">
      <Heading title={say('lessonsTitle')} />
      {problem && <Problem code={problem} again={() => void lessons.refresh()} />}
      {!around && !problem && <Skeleton lines={6} />}
      {around && around.classes.length === 0 && (
        <div class="empty">
          <Presentation class="empty-picture" size={28} aria-hidden="true" />
          <h2>{say('lessonsEmptyTitle')}</h2>
          <p>{say('lessonsEmptyText')}</p>
        </div>
      )}
      {around && own.length > 0 && draw(own)}
      {waitsForClass(role, own, others) && <p class="lead">{say('lessonsNoneYours')}</p>}
      {around && others.length > 0 && (
        <details class="others" open={own.length === 0}>
          <summary>{say('otherClasses')}</summary>
          <label class="others-find">
            {say('findClass')}
            <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
          </label>
          {draw(others.filter(alike))}
        </details>
      )}
      {around && settingUp && (
        <LessonSetup card={settingUp} around={around} onClose={() => setSettingUp(null)} />
      )}
    </section>
  );
}

/** Reads the classes now and again; news by the live stream come on top. */
export function useLessons(): void {
  const { lessons } = useHouse();
  useEffect(() => {
    void lessons.refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void lessons.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [lessons]);
}
