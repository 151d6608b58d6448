//! A pool of threads whose results arrive in the order of the items, with bounded memory.
//!
//! Threads draw items one at a time, work on them and send the results to the caller's
//! thread, which passes them to a sink in order. A thread that is too far ahead waits.

use std::{
    any::Any,
    collections::BTreeMap,
    num::NonZero,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

/// The number of items that the fastest thread may be ahead of the slowest. It bounds how
/// many results wait for their turn.
const WINDOW: usize = 1_024;

/// The progress of the sink. It has a lock of its own: the lock of the items is held
/// while an item is made, which may take long, and results have to be accepted meanwhile.
#[derive(Default)]
struct Progress {
    /// The number of results that the sink has accepted.
    taken: usize,
    stopped: bool,
}

/// The items that are left, and the number of those that threads have taken. `count` is
/// `usize::MAX` after an item panicked.
struct Items<I> {
    items: I,
    count: usize,
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
    let items = Mutex::new(Items { items, count: 0 });
    let shared = Shared::default();
    let (sender, receiver) = mpsc::channel::<(usize, Result<O, Panic>)>();

    thread::scope(|scope| {
        // a panic on this thread must not leave the others waiting
        let _stopping = Stopping(&shared);
        let mut workers = Vec::new();
        for number in 1..=jobs.get() {
            let sender = sender.clone();
            let (items, shared, state, work) = (&items, &shared, &state, &work);
            let worker = move || {
                let mut state = state();
                while let Some((index, item)) = next(items, shared) {
                    let result = item.and_then(|item| {
                        catch_unwind(AssertUnwindSafe(|| work(&mut state, item)))
                    });
                    // a state that a panic has left is not used again
                    let is_last = result.is_err();
                    if sender.send((index, result)).is_err() || is_last {
                        break;
                    }
                }
                state
            };
            match thread::Builder::new().spawn_scoped(scope, worker) {
                Ok(worker) => workers.push(worker),
                Err(error) => Unstarted::raise(number, jobs.get(), &error),
            }
        }

        // the receiver ends when the last thread drops its sender
        drop(sender);

        let ended = take_in_order(&receiver, |output| {
            let flow = sink(output);
            let mut progress = lock(&shared.progress);
            progress.taken += 1;
            progress.stopped |= flow.is_break();
            shared.advanced.notify_all();
            flow
        });
        if let Err(panic) = ended {
            shared.stop();
            resume_unwind(panic);
        }

        let joined = workers.into_iter().map(thread::ScopedJoinHandle::join);
        joined
            .map(|state| state.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
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

/// What the threads wait for: the progress of the sink.
#[derive(Default)]
struct Shared {
    progress: Mutex<Progress>,
    advanced: Condvar,
}

impl Shared {
    fn stop(&self) {
        lock(&self.progress).stopped = true;
        self.advanced.notify_all();
    }
}

/// Ends waiting and keeps threads from beginning another item when it is dropped.
struct Stopping<'a>(&'a Shared);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Returns the next item and its index, once the sink is near enough. An item that panics
/// while it is made is the last.
fn next<I: Iterator>(
    items: &Mutex<Items<I>>,
    shared: &Shared,
) -> Option<(usize, Result<I::Item, Panic>)> {
    let (index, item) = {
        let mut items = lock(items);
        if lock(&shared.progress).stopped || items.count == usize::MAX {
            return None;
        }
        let index = items.count;
        let item = match catch_unwind(AssertUnwindSafe(|| items.items.next())) {
            Ok(item) => Ok(item?),
            Err(panic) => Err(panic),
        };
        items.count = if item.is_ok() { index + 1 } else { usize::MAX };
        (index, item)
    };

    let mut guard = lock(&shared.progress);
    while index >= guard.taken.saturating_add(WINDOW) && !guard.stopped {
        guard = shared
            .advanced
            .wait(guard)
            .unwrap_or_else(PoisonError::into_inner);
    }
    Some((index, item))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Passes what arrives to `take` by rising index, until `take` breaks, nothing more can
/// arrive, or the next item has panicked.
fn take_in_order<O>(
    receiver: &mpsc::Receiver<(usize, Result<O, Panic>)>,
    mut take: impl FnMut(O) -> ControlFlow<()>,
) -> Result<(), Panic> {
    let mut early: BTreeMap<usize, Result<O, Panic>> = BTreeMap::new();
    let mut due = 0;
    for (index, output) in receiver {
        early.insert(index, output);
        while let Some(output) = early.remove(&due) {
            due += 1;
            if take(output?).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
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
