//! Nothing of its own: this package is built so that libFuzzer is, whose sources come with the crate `libfuzzer-sys`.
//!
//! It is a package apart because that crate asks for another feature of `cc`: as a dependency of the program, it would have everything
//! that is built by `cc` built anew, and Typst with it.
