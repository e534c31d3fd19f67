//! Work that must not be felt by those who ask: on threads of its own, which the system lets go last.

use rayon::ThreadPoolBuilder;

/// By how much such threads step back behind the process, as with `nice`: whoever asks comes at once, and on a busy machine
/// the work still ends.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Does the work on threads of low priority, one per core but one; where there can be none, on the caller's.
pub fn in_background<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    // Even who goes last is not off a core at once: one is left to those who ask.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = ThreadPoolBuilder::new()
        .num_threads(cores.saturating_sub(1).max(1))
        .thread_name(|number| format!("reindex {number}"))
        .start_handler(|_| step_back())
        .build();
    match pool {
        Ok(pool) => pool.install(work),
        Err(error) => {
            tracing::warn!(%error, "a reindex runs at the priority of everything else");
            work()
        }
    }
}

/// Gives this thread a lower priority than it has. Elsewhere than on Linux the call would be about the whole process.
fn step_back() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        let lowered =
            getpriority_process(None).and_then(|now| setpriority_process(None, (now + NICE).min(19)));
        if let Err(error) = lowered {
            tracing::debug!(%error, "a reindex runs at the priority of everything else");
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{NICE, in_background};

    #[test]
    fn the_work_goes_last_and_the_caller_does_not() {
        use rayon::prelude::*;
        use rustix::process::getpriority_process;
        let before = getpriority_process(None).expect("a priority");
        let inside: Vec<i32> = in_background(|| {
            (0..64).into_par_iter().map(|_| getpriority_process(None).expect("a priority")).collect()
        });
        assert!(inside.iter().all(|priority| *priority == (before + NICE).min(19)), "{inside:?}");
        assert_eq!(getpriority_process(None).expect("a priority"), before);
    }
}
