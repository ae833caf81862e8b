//! The program: everything is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == "pdf-worker") {
        return scrollkeeper::pdf::worker::main();
    }
    ExitCode::SUCCESS
}
