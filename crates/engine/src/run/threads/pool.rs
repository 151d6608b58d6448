//! A pool of threads whose results arrive in the order of the items, with bounded memory.
//!
//! Threads draw items one at a time, work on them and send the results to the caller's
//! thread, which passes them to a sink in order. A thread that is too far ahead waits.

use std::{
    any::Any,
    cell::Cell,
    collections::BTreeMap,
    num::NonZero,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// The number of items that the fastest thread may be ahead of the slowest. It bounds how
/// many results wait for their turn.
const WINDOW: usize = 1_024;

/// What threads and sink have done.
#[derive(Default)]
struct Progress {
    /// The number of results that the sink has accepted.
    taken: usize,
    /// The results that wait for their turn, by their indices.
    ready: BTreeMap<usize, Result<(), Panic>>,
    /// The number of threads that have not ended.
    working: usize,
    stopped: bool,
}

/// The payload of a panic.
type Panic = Box<dyn Any + Send>;

/// The payload of the panic of a thread that could not be started. The program ends with
/// this message.
#[derive(Debug, thiserror::Error)]
#[error("thread {number} of {wanted} cannot be started: {problem}\nhint: fewer `--jobs`")]
pub struct Unstarted {
    number: usize,
    wanted: usize,
    problem: String,
}

impl Unstarted {
    /// Panics with this payload and without the message of the panic hook: `cli` ends the
    /// program with the text of the error.
    pub(in crate::run) fn raise(
        number: usize,
        wanted: usize,
        error: &std::io::Error,
    ) -> ! {
        resume_unwind(Box::new(Self {
            number,
            wanted,
            problem: error.to_string(),
        }))
    }
}

/// Maps `items` on `jobs` threads, each with a state of its own, and passes the results
/// to `sink` in the order of the items, whichever thread was first. Stops early if the
/// sink breaks. Returns the states of the threads.
///
/// # Panics
/// Panics with the panic of the first item, in their order, on which `items` or `work`
/// panics; by then the sink has received the results of all before it. Panics if `state`
/// or `sink` does, and with [`Unstarted`] if the operating system has no thread left.
pub(in crate::run) fn map_in_order<I, O, S>(
    jobs: NonZero<usize>,
    items: I,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I::Item) -> O + Sync,
    mut sink: impl FnMut(O) -> ControlFlow<()>,
) -> Vec<S>
where
    I: Iterator + Send,
    O: Send,
    S: Send,
{
    let pool = Pool::default();
    let items = Mutex::new(items);
    // a result waits in the place of its index, which the result of the window before has left
    let outputs: Vec<Mutex<Option<O>>> = (0..WINDOW).map(|_| Mutex::default()).collect();
    let states: Vec<Mutex<Option<S>>> =
        (0..jobs.get()).map(|_| Mutex::default()).collect();

    let worker = |number: usize| {
        let mut own = state();
        let item = Cell::new(None);
        let mut next = || {
            let next = lock(&items).next();
            let is_there = next.is_some();
            item.set(next);
            is_there
        };
        let mut done = |index: usize| {
            let output = item.take().map(|item| work(&mut own, item));
            *lock(&outputs[index % WINDOW]) = output;
        };
        pool.work(&mut next, &mut done);
        *lock(&states[number]) = Some(own);
    };
    let mut take = |index: usize| {
        let output = lock(&outputs[index % WINDOW]).take();
        output.map_or(ControlFlow::Continue(()), &mut sink)
    };
    pool.run(jobs.get(), &worker, &mut take);

    let states = states.into_iter().map(Mutex::into_inner);
    states
        .filter_map(|state| state.unwrap_or_else(PoisonError::into_inner))
        .collect()
}

/// Maps items, such as the sources of a corpus, on `jobs` threads and passes the results
/// to `sink` in the order of the items. Ends at the first error in that order. Returns
/// the states of the threads.
///
/// # Errors
/// Returns an error if `work` or `sink` fails.
pub fn in_order<I: Iterator + Send, S: Send, O: Send, F: Send, E: From<F>>(
    jobs: NonZero<usize>,
    items: I,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I::Item) -> Result<O, F> + Sync,
    mut sink: impl FnMut(O) -> Result<(), E>,
) -> Result<Vec<S>, E> {
    let mut failure = None;
    let states = map_in_order(jobs, items, state, work, |result| {
        match result.map_err(E::from).and_then(&mut sink) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    failure.map_or(Ok(states), Err)
}

/// The part of [`map_in_order`] that knows no types of items and results, so that it is
/// compiled once: who works on which item, who waits, and what a panic does.
#[derive(Default)]
struct Pool {
    /// The number of items that threads have taken; `usize::MAX` after one panicked. Locked
    /// while an item is made, which may take long.
    begun: Mutex<usize>,
    /// Not locked while an item is made, since results have to be accepted meanwhile.
    progress: Mutex<Progress>,
    /// Tells threads that the sink has gone on.
    accepted: Condvar,
    /// Tells the sink that a result is ready or a thread has ended.
    arrived: Condvar,
}

impl Pool {
    /// Runs `worker` on threads, with their numbers, and passes the indices of results to
    /// `take` in order, until it breaks.
    fn run(
        &self,
        jobs: usize,
        worker: &(dyn Fn(usize) + Sync),
        take: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) {
        lock(&self.progress).working = jobs;
        thread::scope(|scope| {
            // a panic on this thread must not leave the others waiting
            let _stopping = Stopping(self);
            let mut workers = Vec::with_capacity(jobs);
            for number in 0..jobs {
                let work = move || {
                    let _ending = Ending(self);
                    worker(number);
                };
                match thread::Builder::new().spawn_scoped(scope, work) {
                    Ok(worker) => workers.push(worker),
                    Err(error) => Unstarted::raise(number + 1, jobs, &error),
                }
            }

            if let Err(panic) = self.take_in_order(take) {
                resume_unwind(panic);
            }
            for worker in workers {
                worker.join().unwrap_or_else(|panic| resume_unwind(panic));
            }
        });
    }

    /// Works as a thread: makes the `next` item, which returns whether there is one, and
    /// calls `work` with its index, until there is no item, the sink has stopped or one of
    /// the two panics.
    fn work(&self, next: &mut dyn FnMut() -> bool, work: &mut dyn FnMut(usize)) {
        while let Some((index, made)) = self.next(next) {
            let result = made.and_then(|()| caught(|| work(index)));
            // a state that a panic has left is not used again
            let is_last = result.is_err();
            lock(&self.progress).ready.insert(index, result);
            self.arrived.notify_one();
            if is_last {
                break;
            }
        }
    }

    /// Makes the next item and returns its index, once the sink is near enough. An item that
    /// panics while it is made is the last.
    fn next(&self, item: &mut dyn FnMut() -> bool) -> Option<(usize, Result<(), Panic>)> {
        let (index, made) = {
            let mut begun = lock(&self.begun);
            if lock(&self.progress).stopped || *begun == usize::MAX {
                return None;
            }
            let index = *begun;
            let made = match caught(item) {
                Ok(false) => return None,
                Ok(true) => Ok(()),
                Err(panic) => Err(panic),
            };
            *begun = if made.is_ok() { index + 1 } else { usize::MAX };
            (index, made)
        };

        let mut progress = lock(&self.progress);
        while index >= progress.taken.saturating_add(WINDOW) && !progress.stopped {
            progress = wait(&self.accepted, progress);
        }
        (!progress.stopped).then_some((index, made))
    }

    /// Passes the indices of results to `take` in order, until `take` breaks, nothing more
    /// can arrive, or the next item has panicked.
    fn take_in_order(
        &self,
        take: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) -> Result<(), Panic> {
        for due in 0.. {
            let mut progress = lock(&self.progress);
            let result = loop {
                if let Some(result) = progress.ready.remove(&due) {
                    break result;
                }
                if progress.working == 0 {
                    return Ok(());
                }
                progress = wait(&self.arrived, progress);
            };
            drop(progress);

            result?;
            let flow = take(due);
            let mut progress = lock(&self.progress);
            progress.taken += 1;
            progress.stopped |= flow.is_break();
            drop(progress);
            self.accepted.notify_all();
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Ends waiting and keeps threads from beginning another item when it is dropped.
struct Stopping<'a>(&'a Pool);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        lock(&self.0.progress).stopped = true;
        self.0.accepted.notify_all();
    }
}

/// Tells the sink that a thread has ended when it is dropped, also by a panic.
struct Ending<'a>(&'a Pool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        lock(&self.0.progress).working -= 1;
        self.0.arrived.notify_one();
    }
}

/// Calls `work` and returns its panic as an error.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(work))
}

fn wait<'a, T>(woken: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    woken.wait(guard).unwrap_or_else(PoisonError::into_inner)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn jobs(count: usize) -> NonZero<usize> {
        NonZero::new(count).unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let slow_first = |(): &mut (), item: usize| {
                let spin = if item.is_multiple_of(5) { 20_000 } else { 1 };
                (0..spin).fold(item, |a, _| std::hint::black_box(a))
            };
            let states = map_in_order(
                jobs(threads),
                0..5_000,
                || (),
                slow_first,
                |item| {
                    seen.push(item);
                    ControlFlow::Continue(())
                },
            );
            assert!(seen.into_iter().eq(0..5_000));
            assert_eq!(states.len(), threads);
        }
    }

    #[test]
    fn what_is_done_is_taken_while_the_next_item_is_awaited() {
        let (sender, items) = mpsc::channel();
        (0..3).for_each(|item| sender.send(item).unwrap());
        let mut sender = Some(sender);
        let mut seen = 0;
        map_in_order(
            jobs(2),
            items.into_iter(),
            || (),
            |(), item: usize| item,
            |_| {
                seen += 1;
                if seen == 3 {
                    sender = None; // only now is the end of the items known
                }
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen, 3);
    }

    #[test]
    fn a_sink_that_breaks_ends_it() {
        let mut taken = 0;
        map_in_order(
            jobs(2),
            0..,
            || (),
            |(), item: u64| item,
            |_| {
                taken += 1;
                if taken == 10 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert_eq!(taken, 10);
    }

    /// What the sink took, and what the panic said.
    fn panics(
        count: usize,
        threads: usize,
        work: impl Fn(&mut (), usize) -> usize + Sync,
        items: impl Iterator<Item = usize> + Send,
    ) -> (usize, String) {
        let mut taken = 0;
        let ended = catch_unwind(AssertUnwindSafe(|| {
            map_in_order(
                jobs(threads),
                items.take(count),
                || (),
                work,
                |_| {
                    taken += 1;
                    ControlFlow::Continue(())
                },
            )
        }));
        let text = ended.unwrap_err().downcast::<&str>().unwrap();
        (taken, (*text).to_owned())
    }

    #[test]
    fn a_panic_on_an_item_ends_it_after_all_items_before() {
        let at_five = |(): &mut (), item: usize| {
            if item == 5 {
                resume_unwind(Box::new("five")); // without a message
            }
            item
        };
        for threads in [1, 2, 7] {
            for count in [100, 5 * WINDOW] {
                let found = panics(count, threads, at_five, 0..);
                assert_eq!(found, (5, "five".to_owned()), "{threads} {count}");
            }
        }
    }

    #[test]
    fn a_panic_of_the_items_ends_it_after_all_items_before() {
        for threads in [1, 2, 7] {
            for count in [100, 5 * WINDOW] {
                let items = (0..).inspect(|&item| {
                    if item == 5 {
                        resume_unwind(Box::new("no item"));
                    }
                });
                let found = panics(count, threads, |(), item| item, items);
                assert_eq!(found, (5, "no item".to_owned()), "{threads} {count}");
            }
        }
    }

    #[test]
    fn a_panic_of_the_sink_leaves_no_thread_waiting() {
        for threads in [1, 2, 7] {
            let ended = catch_unwind(AssertUnwindSafe(|| {
                map_in_order(
                    jobs(threads),
                    0..,
                    || (),
                    |(), item: usize| item,
                    |_| resume_unwind(Box::new("full")),
                )
            }));
            assert!(ended.unwrap_err().is::<&str>(), "{threads}");
        }
    }

    #[test]
    fn a_panic_of_a_state_is_not_dropped() {
        let ended = catch_unwind(|| {
            map_in_order(
                jobs(2),
                0..100,
                || resume_unwind(Box::new("no state")),
                |(): &mut (), item: usize| item,
                |_| ControlFlow::Continue(()),
            )
        });
        assert!(ended.is_err());
    }
}
