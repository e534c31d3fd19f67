//! A build's progress as a bar on the terminal; silent where standard error is none.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::library::Progress;

/// One bar that shows the stage under way.
pub struct Bar {
    bar: ProgressBar,
    // A standard lock: held for a moment, and only to see whether the stage is another one.
    stage: Mutex<String>,
}

impl Default for Bar {
    fn default() -> Self {
        Self::new()
    }
}

impl Bar {
    /// A bar that shows nothing yet.
    pub fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg:>10} {wide_bar} {human_pos}/{human_len}") {
            bar.set_style(style);
        }
        Self { bar, stage: Mutex::default() }
    }

    /// Takes the bar off the terminal.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn step(&self, stage: &str, done: u64, total: u64) {
        if let Ok(mut current) = self.stage.lock()
            && *current != stage
        {
            stage.clone_into(&mut current);
            self.bar.set_message(stage.to_owned());
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.finish();
    }
}
