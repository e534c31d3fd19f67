//! Work that must not be felt by those who ask: on threads of its own, which the system lets go last.

use rayon::ThreadPoolBuilder;

/// The priority of such threads, as of `nice`: whoever asks comes at once, and on a busy machine the work still ends.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Does the work on threads of low priority, one per core; where there can be none, on the caller's.
pub fn in_background<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = ThreadPoolBuilder::new()
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

/// Gives this thread a low priority. Elsewhere than on Linux the call would be about the whole process.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "a reindex runs at the priority of everything else");
    }
}
