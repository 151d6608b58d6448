//! Work on many threads, results in order, memory bounded.

use std::{
    collections::BTreeMap,
    iter::Enumerate,
    num::NonZero,
    ops::ControlFlow,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

/// How far, in items, the fastest thread may be ahead of the slowest. Bounds what waits
/// for its turn.
const WINDOW: usize = 1_024;

/// How far the sink is. Not behind the lock of the items: the next of them may be long in
/// coming, and what is done meanwhile is to be taken.
#[derive(Default)]
struct Progress {
    /// Items whose results the sink has taken.
    taken: usize,
    stopped: bool,
}

/// Maps `items` on `jobs` threads, each with a state of its own, and gives the results
/// to `sink` in the order of the items, whatever thread was first. Stops early when the
/// sink breaks. Returns the states of the threads.
pub(super) fn map_in_order<I, O, S>(
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
    let items = Mutex::new(items.enumerate());
    let (progress, advanced) = (Mutex::new(Progress::default()), Condvar::new());
    let (sender, receiver) = mpsc::channel::<(usize, O)>();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.get())
            .map(|_| {
                let sender = sender.clone();
                let (items, state, work) = (&items, &state, &work);
                let (progress, advanced) = (&progress, &advanced);
                scope.spawn(move || {
                    let mut state = state();
                    while let Some((index, item)) = next(items, progress, advanced) {
                        if sender.send((index, work(&mut state, item))).is_err() {
                            break;
                        }
                    }
                    state
                })
            })
            .collect();
        drop(sender);
        in_order(&receiver, |output| {
            let flow = sink(output);
            let mut progress = lock(&progress);
            progress.taken += 1;
            progress.stopped |= flow.is_break();
            advanced.notify_all();
            flow
        });
        // a thread that panicked has panicked already on its own stack
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    })
}

fn next<I: Iterator>(
    items: &Mutex<Enumerate<I>>,
    progress: &Mutex<Progress>,
    advanced: &Condvar,
) -> Option<(usize, I::Item)> {
    let (index, item) = {
        let mut items = lock(items);
        if lock(progress).stopped { None } else { items.next() }?
    };
    let mut guard = lock(progress);
    while index >= guard.taken + WINDOW && !guard.stopped {
        guard = advanced.wait(guard).unwrap_or_else(PoisonError::into_inner);
    }
    Some((index, item))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives what arrives to `take` by rising index, until it breaks or nothing can arrive.
fn in_order<O>(
    receiver: &mpsc::Receiver<(usize, O)>,
    mut take: impl FnMut(O) -> ControlFlow<()>,
) {
    let mut early: BTreeMap<usize, O> = BTreeMap::new();
    let mut due = 0;
    for (index, output) in receiver {
        early.insert(index, output);
        while let Some(output) = early.remove(&due) {
            due += 1;
            if take(output).is_break() {
                return;
            }
        }
    }
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
}
