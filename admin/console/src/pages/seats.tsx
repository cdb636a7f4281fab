import { Laptop } from 'lucide-preact';
import { useEffect } from 'preact/hooks';
import { fleetLine, floodOf, mailLine, type Seat, seatState, troubleWords, worstFirst } from '../fleet.ts';
import { useHouse } from '../house.ts';
import { whoWords } from '../item-words.ts';
import { now } from '../now.ts';
import { Heading } from '../pieces/heading.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { When } from '../pieces/when.tsx';
import { useReading } from '../reading.ts';
import { counted, say } from '../words.ts';

const everyMs = 60_000;

/** Is the fleet well? */
export function SeatsPage() {
  const { api } = useHouse();
  const fleet = useReading('fleet', api.fleet);
  const { again } = fleet;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, everyMs);
    return () => clearInterval(timer);
  }, [again]);

  const seats = fleet.value?.seats;
  const mail = fleet.value?.mail;
  const flood = seats ? floodOf(seats, now.value) : null;
  return (
    <section class="seats">
      <Heading title={say('seatsTitle')} />
      {fleet.problem && <Problem code={fleet.problem} again={again} />}
      {mail && <p class="lead">{mailLine(say, mail, now.value)}</p>}
      {!seats && !fleet.problem && <Skeleton lines={8} />}
      {seats && seats.length === 0 && (
        <div class="empty">
          <Laptop class="empty-picture" size={28} aria-hidden="true" />
          <h2>{say('fleetEmptyTitle')}</h2>
          <p>{say('fleetEmptyText')}</p>
        </div>
      )}
      {seats && seats.length > 0 && (
        <>
          <p class="one-line">{fleetLine(say, seats, now.value)}</p>
          {flood !== null && (
            <div class="problem" role="alert">
              <p>{say('fleetFlood', counted(flood))}</p>
            </div>
          )}
          <table class="sheet seats-sheet">
            <caption class="unseen">{say('fleetCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('columnState')}</th>
                <th scope="col">{say('columnSeat')}</th>
                <th scope="col">{say('columnStage')}</th>
                <th scope="col">{say('columnHeard')}</th>
                <th scope="col">{say('columnPolicy')}</th>
                <th scope="col">{say('columnVersion')}</th>
                <th scope="col" class="number" title={say('waitingHint')}>
                  {say('columnWaiting')}
                </th>
              </tr>
            </thead>
            <tbody>
              {worstFirst(seats, now.value).map((seat) => (
                <SeatLine key={seat.seat} seat={seat} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function SeatLine({ seat }: { seat: Seat }) {
  const state = seatState(seat, now.value);
  return (
    <tr class="line">
      <td class="cell-state">
        <span class={`state state-${state}`}>{say(`seat_${state.replaceAll('-', '_')}`)}</span>
        {seat.troubles.length > 0 && (
          <ul class="troubles">
            {seat.troubles.map((trouble) => (
              <li key={`${trouble.at}${trouble.code}`}>
                {troubleWords(say, trouble)} <span class="code">{trouble.code}</span>
              </li>
            ))}
          </ul>
        )}
      </td>
      <th scope="row" class="cell-seat">
        <span class="code" title={seat.seat}>
          {seat.seat.slice(0, 8)}
        </span>
      </th>
      <td class="cell-from">{whoWords(say, seat)}</td>
      <td class="cell-heard">{seat.heardAt ? <When at={seat.heardAt} /> : say('neverHeard')}</td>
      <td class="cell-policy">{seat.inForce?.policy ?? say('factNone')}</td>
      <td class="cell-version">{seat.extensionVersion}</td>
      <td class="cell-waiting number">{counted(seat.waiting)}</td>
    </tr>
  );
}
