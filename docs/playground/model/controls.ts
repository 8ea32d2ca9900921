/**
 * What can be set for a delivery: how many people, what Marketo takes, what goes wrong.
 *
 *     slider ──▶ step of its scale ──▶ value
 *
 * A table, so that page, link and tests know the same sliders.
 *
 * @module
 */
import type { FaultKind } from '../../../src/simulator/options.js'

/** A slider: the values it goes through, and which of them it begins at. `fault` is what it makes more frequent, in percent. */
export interface Control {
  readonly name: string
  readonly group: 'batch' | 'budget' | 'faults'
  readonly label: string
  readonly hint: string
  readonly unit: string
  readonly values: ReadonlyArray<number>
  readonly initial: number
  readonly fault: FaultKind | null
}

const people = [1, 2, 3, 5, 10, 20, 50, 100, 200]
const percent = [0, 1, 2, 5, 10, 15, 20, 30, 40, 50]
const seeds = Array.from({ length: 50 }, (_, i) => i + 1)

// biome-ignore format: table
export const controls: ReadonlyArray<Control> = [
  { name: 'copies',   group: 'batch',  label: 'People',              hint: 'the events once more for each, with ids and emails of their own', unit: '',   values: people,                               initial: 20,     fault: null },
  { name: 'seed',     group: 'batch',  label: 'Seed',                hint: 'another number, another story; the same one, the same story',     unit: '',   values: seeds,                                initial: 1,      fault: null },
  { name: 'window',   group: 'budget', label: 'Calls in 20 seconds', hint: 'what Marketo takes of all its clients; 100 unless it was raised',  unit: '',   values: [2, 4, 10, 20, 50, 100, 200],         initial: 100,    fault: null },
  { name: 'running',  group: 'budget', label: 'Calls at once',       hint: 'what Marketo takes of all its clients; 10 unless it was raised',   unit: '',   values: [1, 2, 4, 6, 8, 10, 20],              initial: 10,     fault: null },
  { name: 'day',      group: 'budget', label: 'Calls a day',         hint: 'the quota, until midnight US Central',                            unit: '',   values: [5, 10, 20, 50, 100, 1_000, 50_000],  initial: 50_000, fault: null },
  { name: 'share',    group: 'budget', label: 'Our share',           hint: 'of the first two; Adobe advises half for one integration',         unit: ' %', values: [10, 20, 30, 40, 50, 75, 100],        initial: 50,     fault: null },
  { name: 'throttle', group: 'faults', label: '606: too many calls', hint: 'others used up the 20 seconds',                                    unit: ' %', values: percent,                              initial: 0,      fault: '606' },
  { name: 'quota',    group: 'faults', label: '607: quota reached',  hint: 'others used up the day',                                           unit: ' %', values: percent,                              initial: 0,      fault: '607' },
  { name: 'running615', group: 'faults', label: '615: too many at once', hint: 'others are calling, too',                                     unit: ' %', values: percent,                              initial: 0,      fault: '615' },
  { name: 'expired',  group: 'faults', label: '602: token expired',  hint: 'the token dies before its time',                                   unit: ' %', values: percent,                              initial: 0,      fault: 'expired-token' },
  { name: 'skipped',  group: 'faults', label: 'A record refused',    hint: 'one record of a call is skipped, the others are done',             unit: ' %', values: percent,                              initial: 0,      fault: 'skip-record' },
  { name: 'after',    group: 'faults', label: 'Answer lost',         hint: 'the call is carried out, and nobody hears of it',                  unit: ' %', values: percent,                              initial: 0,      fault: 'timeout-after' },
  { name: 'before',   group: 'faults', label: 'Call lost',           hint: 'the call never arrives',                                           unit: ' %', values: percent,                              initial: 0,      fault: 'timeout-before' },
  { name: 'gateway',  group: 'faults', label: '502: bad gateway',    hint: 'a page of some gateway in the place of an answer',                 unit: ' %', values: percent,                              initial: 0,      fault: 'html' }
]

/** A value for each control, by name. */
export type ControlValues = Readonly<Record<string, number>>

/** Every control as it begins. */
export const initialControls: ControlValues = Object.fromEntries(controls.map(({ name, initial }) => [name, initial]))

/** The value of a control, its first one where there is none. */
export const controlValue = (values: ControlValues, name: string): number => values[name] ?? initialControls[name] ?? 0
