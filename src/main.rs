//! The `registrar` program: hands the arguments to the command line module and turns its result into an exit code.

fn main() -> std::process::ExitCode {
    registrar::cli::main()
}
